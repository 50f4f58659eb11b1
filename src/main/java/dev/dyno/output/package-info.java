/** What many dynos write, made into one stream of whole lines. */
@NullMarked
package dev.dyno.output;

import org.jspecify.annotations.NullMarked;
