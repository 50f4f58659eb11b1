@NullMarked
package dev.dyno.cli;

import org.jspecify.annotations.NullMarked;
