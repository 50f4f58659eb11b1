/** dyno as its user meets it: the launcher is started, on pipes and on a real terminal. */
@NullMarked
package dev.dyno.it;

import org.jspecify.annotations.NullMarked;
