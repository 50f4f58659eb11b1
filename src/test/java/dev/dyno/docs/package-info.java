/** The documents and samples, run as a reader would. */
@NullMarked
package dev.dyno.docs;

import org.jspecify.annotations.NullMarked;
