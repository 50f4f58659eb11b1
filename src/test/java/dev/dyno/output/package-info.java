/** What many dynos write, made into one stream of whole lines: on real pipes and terminals. */
@NullMarked
package dev.dyno.output;

import org.jspecify.annotations.NullMarked;
