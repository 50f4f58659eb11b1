package dev.dyno.process;

/** How a process ended. */
public sealed interface Exit {
    /** It called exit: 0 to 255. */
    record Code(int value) implements Exit {
        @Override
        public int status() {
            return value;
        }
    }

    /** A signal ended it. */
    record Signalled(int signal) implements Exit {
        @Override
        public int status() {
            return 128 + signal;
        }
    }

    /**
     * What a shell would say of it in {@code $?}: the code, or 128 + the signal (heroku.md 4.1).
     */
    int status();

    /** From the status word of {@code waitpid}. */
    static Exit ofWaitStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Code((status >> 8) & 0xff) : new Signalled(signal);
    }
}
