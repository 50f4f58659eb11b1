/** The plan of a formation, tried by histories; what runs is tried by real processes. */
@NullMarked
package dev.dyno.formation;

import org.jspecify.annotations.NullMarked;
