/** The rules of the house, checked on the code itself. */
@NullMarked
package dev.dyno.house;

import org.jspecify.annotations.NullMarked;
