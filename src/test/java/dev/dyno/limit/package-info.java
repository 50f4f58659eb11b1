/** Limits, tried on real processes and, where one can be had, in a real control group. */
@NullMarked
package dev.dyno.limit;

import org.jspecify.annotations.NullMarked;
