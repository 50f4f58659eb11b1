package dev.dyno.transfer;

import dev.dyno.process.Invocation;
import dev.dyno.slug.Removal;
import dev.dyno.transfer.Outcome.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies files out of a dyno and into it. What is half done when it fails is removed again; what
 * was there is never touched.
 *
 * @param inside how a program is started in the dyno
 * @param bounds the directory that a path must not lead out of; empty where it cannot
 */
public record Copy(Inside inside, String bounds) {
    /** Makes a program into one that runs in the dyno. */
    public interface Inside {
        Invocation program(List<String> argv) throws IOException;
    }

    /**
     * Copies a file of the dyno.
     *
     * @param recursive whether it may be a directory
     * @param to what must not be there yet
     */
    public Outcome out(String file, Path to, boolean recursive)
            throws IOException, InterruptedException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return new Outcome(Kind.EXISTS, 0);
        }
        var arrival = new Arrival(to);
        boolean done = false;
        try (Carrier carrier =
                Carrier.start(inside.program(Scripts.out(bounds, file, recursive)))) {
            boolean whole = receive(carrier.out(), arrival, recursive);
            if (!whole) {
                carrier.kill();
            }
            Kind kind = carrier.end();
            done = whole && kind == Kind.DONE;
            return new Outcome(whole || done ? kind : Kind.FAILED, arrival.leftOut());
        } finally {
            if (!done && arrival.hasBegun()) {
                Removal.remove(to);
            }
        }
    }

    /** Whether all of it has come; nothing at all is whole too, and the script says why. */
    private static boolean receive(InputStream in, Arrival arrival, boolean recursive) {
        try {
            switch (in.read()) {
                case 'f' -> arrival.file(in);
                case 'd' -> {
                    if (!recursive) {
                        return false;
                    }
                    arrival.directory(in);
                }
                case -1 -> {}
                default -> {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Copies a file or a directory of this machine into the dyno.
     *
     * @param path as the dyno sees it; where that is a directory, into it
     */
    public Outcome in(Path from, String path) throws IOException, InterruptedException {
        boolean directory = Files.isDirectory(from);
        long size = directory ? 0 : Files.size(from);
        String what = directory ? "directory" : Long.toString(size);
        Path name = from.toAbsolutePath().normalize().getFileName();
        List<String> script =
                Scripts.in(
                        bounds,
                        path,
                        name == null ? "" : name.toString(),
                        what,
                        !directory && Files.isExecutable(from));
        try (Carrier carrier = Carrier.start(inside.program(script))) {
            var leftOut = 0;
            try (var to = new BufferedOutputStream(carrier.in())) {
                var departure = new Departure(to);
                if (directory) {
                    departure.directory(from);
                } else {
                    departure.file(from, size);
                }
                leftOut = departure.leftOut();
            } catch (IOException e) {
                // The script has ended early and says why; or a file here could not be read, and
                // then what it got is too short.
                Kind kind = carrier.end();
                return new Outcome(kind == Kind.DONE ? Kind.FAILED : kind, 0);
            }
            return new Outcome(carrier.end(), leftOut);
        }
    }
}
