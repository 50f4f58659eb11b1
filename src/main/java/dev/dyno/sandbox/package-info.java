/** Ways to turn a dyno into a program to start, isolated as well as this machine can. */
@NullMarked
package dev.dyno.sandbox;

import org.jspecify.annotations.NullMarked;
