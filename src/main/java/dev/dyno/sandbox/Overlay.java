package dev.dyno.sandbox;

/** How a dyno's changes can be laid over a slug on this machine. */
public enum Overlay {
    /** By bubblewrap itself, from 0.11. */
    BWRAP,
    /** By {@code mount} in a mount namespace that bubblewrap is then started in. */
    NESTED,
    /** Not at all: a dyno needs a copy. */
    NONE
}
