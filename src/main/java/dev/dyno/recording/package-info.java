/** Recordings of terminal sessions: bytes, times and sizes, written as asciicast and played. */
@NullMarked
package dev.dyno.recording;

import org.jspecify.annotations.NullMarked;
