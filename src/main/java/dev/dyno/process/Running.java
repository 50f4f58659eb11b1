package dev.dyno.process;

/** A dyno's program while it runs, with all it has started, to be ended from outside. */
public interface Running {
    /** Sends {@code signal} to every process, and wakes those that are stopped to hear it. */
    void signal(int signal);

    /**
     * Hangs up on shells that are the last ones left: a shell with job control ignores SIGTERM and
     * would sit out the whole grace (systemd.kill's SendSIGHUP).
     */
    void hangUpIdleShells();

    /** SIGKILL to every process. */
    void kill();

    /** Whether no process is left, though its output may still be under way. */
    boolean isGone();
}
