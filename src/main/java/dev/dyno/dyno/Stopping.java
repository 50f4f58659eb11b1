package dev.dyno.dyno;

import dev.dyno.process.Posix;
import java.nio.file.Path;
import java.time.Instant;

/** Tells the dyno command that runs a one-off to end it, as SIGTERM does. */
final class Stopping {
    private Stopping() {}

    /**
     * Returns at once.
     *
     * @param directory the dyno's own
     * @return false where the dyno has ended meanwhile
     */
    static boolean ask(DynoRecord dyno, Path directory) {
        // Its pid is its own for as long as the lock is held; one who came later has another's.
        return DynoLock.isHeld(directory)
                && ProcessHandle.of(dyno.pid())
                        .filter(process -> startedBefore(process, dyno.createdAt()))
                        .filter(Stopping::terminate)
                        .isPresent();
    }

    /** One that is stopped hears of it too. */
    private static boolean terminate(ProcessHandle process) {
        int pid = Math.toIntExact(process.pid());
        boolean told = Posix.kill(pid, Posix.SIGTERM) == 0;
        Posix.kill(pid, Posix.SIGCONT);
        return told;
    }

    private static boolean startedBefore(ProcessHandle process, Instant dyno) {
        return process.info()
                .startInstant()
                .map(start -> start.isBefore(dyno.plusSeconds(2)))
                .orElse(true);
    }
}
