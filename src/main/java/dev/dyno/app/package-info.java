/**
 * What an app says about itself: its process types and its config vars, and the files they are
 * written in.
 */
@NullMarked
package dev.dyno.app;

import org.jspecify.annotations.NullMarked;
