/**
 * How much a dyno may use and uses: memory measured, quotas judged, the kernel's control groups.
 */
@NullMarked
package dev.dyno.limit;

import org.jspecify.annotations.NullMarked;
