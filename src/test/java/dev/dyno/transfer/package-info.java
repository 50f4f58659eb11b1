/** What comes out of a dyno, and what a dyno may make of it. */
@NullMarked
package dev.dyno.transfer;

import org.jspecify.annotations.NullMarked;
