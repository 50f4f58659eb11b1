/** The commands, and all that dyno says to its user. picocli is here only. */
@NullMarked
package dev.dyno.cli;

import org.jspecify.annotations.NullMarked;
