package dev.dyno.sandbox;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.process.Survivors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The first process of a dyno that can be joined: process 1 of its namespaces, else the one its
 * supervisor has started.
 *
 * @param process null in a plain dyno whose first process has become unrecognisable
 */
record FirstProcess(@Nullable ProcessHandle process) {
    private static final int LOOKS = 400;
    private static final int LOOKS_IN_PLAIN = 40;
    private static final long TICK_NANOS = 5_000_000;

    /** Waits a moment for one that is just being started. */
    static FirstProcess await(Path directory, long supervisor) {
        for (int look = 0; look < LOOKS && isAlive(supervisor); look++) {
            boolean namespaces = Files.exists(directory.resolve(Namespaces.ARGUMENTS));
            Optional<ProcessHandle> found =
                    startedBy(supervisor, directory)
                            .flatMap(first -> namespaces ? initBelow(first) : Optional.of(first));
            if (found.isPresent()) {
                return new FirstProcess(found.get());
            }
            boolean plain = Files.exists(directory.resolve(PlainSandbox.ENVIRONMENT));
            if (plain && !namespaces && look >= LOOKS_IN_PLAIN) {
                return new FirstProcess(null);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        throw new UserError(
                directory.getFileName() + " has no processes",
                "See what runs with: " + CalledAs.NAME + " ps");
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    private static Optional<ProcessHandle> startedBy(long supervisor, Path directory) {
        var marked = new Survivors(directory);
        return ProcessHandle.of(supervisor).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> marked.include(child.pid()))
                .findFirst();
    }

    /** What is below bubblewrap; all is mounted there once it has started the command. */
    private static Optional<ProcessHandle> initBelow(ProcessHandle bubblewrap) {
        return bubblewrap
                .children()
                .filter(init -> init.children().findAny().isPresent())
                .findFirst();
    }
}
