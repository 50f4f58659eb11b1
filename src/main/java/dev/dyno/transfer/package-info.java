/** Files copied out of a dyno that runs, and into it. */
@NullMarked
package dev.dyno.transfer;

import org.jspecify.annotations.NullMarked;
