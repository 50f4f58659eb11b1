/** A one-off in a file: written on one machine, judged and unpacked on another. */
@NullMarked
package dev.dyno.bundle;

import org.jspecify.annotations.NullMarked;
