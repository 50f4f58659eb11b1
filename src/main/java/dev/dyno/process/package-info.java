/** Programs: what to start, how it ended, what it left behind; and the system calls for it. */
@NullMarked
package dev.dyno.process;

import org.jspecify.annotations.NullMarked;
