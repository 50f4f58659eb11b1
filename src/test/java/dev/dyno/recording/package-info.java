@NullMarked
package dev.dyno.recording;

import org.jspecify.annotations.NullMarked;
