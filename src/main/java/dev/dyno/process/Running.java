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

    /**
     * Whether it began less than a second ago, or not yet: what it is told then may be lost on a
     * process that has been forked and is still to become the program.
     */
    boolean isYoung();

    /** Whether no process is left, though its output may still be under way. */
    boolean isGone();
}
