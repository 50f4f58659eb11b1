/** What every package may use, and which uses nothing itself. */
@NullMarked
package dev.dyno;

import org.jspecify.annotations.NullMarked;
