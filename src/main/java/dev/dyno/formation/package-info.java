/** An app's formation: how many dynos of each process type run, and what keeps them running. */
@NullMarked
package dev.dyno.formation;

import org.jspecify.annotations.NullMarked;
