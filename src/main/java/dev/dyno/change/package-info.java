/** What a dyno has changed of its slug: found, shown as git would, stored, and copied back. */
@NullMarked
package dev.dyno.change;

import org.jspecify.annotations.NullMarked;
