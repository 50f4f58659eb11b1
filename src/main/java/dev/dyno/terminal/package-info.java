/** A dyno's terminal: the pseudo-terminal it has, and the user's own at the other end. */
@NullMarked
package dev.dyno.terminal;

import org.jspecify.annotations.NullMarked;
