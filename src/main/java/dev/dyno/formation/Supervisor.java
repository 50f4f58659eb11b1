package dev.dyno.formation;

/** Does what {@link Plan} decides: one thread, one queue. */
final class Supervisor {
    private Supervisor() {}
}
