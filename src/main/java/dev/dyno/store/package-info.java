/** The state directory: where things lie, and files that are written whole or not at all. */
@NullMarked
package dev.dyno.store;

import org.jspecify.annotations.NullMarked;
