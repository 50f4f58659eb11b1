/** Dynos: their names, sizes, commands and environments, and the roster of those alive. */
@NullMarked
package dev.dyno.dyno;

import org.jspecify.annotations.NullMarked;
