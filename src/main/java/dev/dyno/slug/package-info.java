/** The app's files on their way into a dyno: what belongs to the slug, copied and removed again. */
@NullMarked
package dev.dyno.slug;

import org.jspecify.annotations.NullMarked;
