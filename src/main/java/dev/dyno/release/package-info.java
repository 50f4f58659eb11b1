/** What of an app a dyno runs: a slug and config vars under a version, as a deploy makes it. */
@NullMarked
package dev.dyno.release;

import org.jspecify.annotations.NullMarked;
