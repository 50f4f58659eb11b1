/** How a value looks to a person at a terminal: its colours, its age, its unprintable parts. */
@NullMarked
package dev.dyno.text;

import org.jspecify.annotations.NullMarked;
