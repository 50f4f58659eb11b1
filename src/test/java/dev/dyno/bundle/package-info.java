/** A one-off in a file, and what a file may try. */
@NullMarked
package dev.dyno.bundle;

import org.jspecify.annotations.NullMarked;
