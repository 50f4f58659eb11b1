package dev.dyno.output;

import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.process.Posix;
import dev.dyno.process.Wake;
import dev.dyno.text.Palette;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread that reads what dynos write, cuts it into lines, logs them and prints them. When the
 * reader of stdout is slow the dynos wait; nothing is dropped, and no more is kept than a buffer.
 */
public final class Output implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** Which of its two streams a dyno wrote to; on a terminal they are one. */
    public enum Stream {
        STDOUT,
        STDERR,
        TERMINAL
    }

    /** A descriptor a dyno's programs write to. */
    public interface Source {
        /**
         * No process of the dyno is left: what is still in the descriptor is read, a last line
         * without its end too, then it is closed and {@code done} is called on the output's thread.
         * To be called once.
         */
        void finish(Runnable done);
    }

    private final InstantSource clock;
    private final Wake wake = new Wake();
    private final Wake quit = new Wake();
    private final Outlet out;
    private final Outlet err;
    private final Style style;
    private final Pump pump;
    private final Thread thread;

    /**
     * What is to be done between two reads, in this order; guarded by itself, as is {@link #over}.
     */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private boolean over;

    /** The thread's own. */
    private boolean closing;

    /**
     * Starts the thread.
     *
     * @param zone whose time of day {@link Format#LOCAL} shows
     * @param lost called once, on the output's thread, when stdout takes nothing any more: lines
     *     are still read and logged, but not printed
     */
    public Output(
            Format format,
            Target stdout,
            Target stderr,
            ZoneId zone,
            InstantSource clock,
            Runnable lost) {
        this.clock = clock;
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        out = new Outlet(stdout.fd(), buffer, quit, lost);
        err = new Outlet(stderr.fd(), buffer, quit, () -> {});
        style =
                switch (format) {
                    case LOCAL -> new LocalStyle(stdout, stderr, zone, out, err);
                    case HEROKU -> new HerokuStyle(stdout, out, err);
                    case JSON -> new JsonStyle(out, err);
                    case RAW -> new RawStyle(stdout, out, err);
                };
        pump = new Pump(wake, new Desk(style, out), clock, this::work);
        thread = Thread.ofPlatform().name("output").daemon().start(this::run);
    }

    /** One that only logs: nothing is printed. */
    public static Output unseen(InstantSource clock) {
        var nowhere = new Target(Posix.open("/dev/null", Posix.O_RDWR), Palette.PLAIN, false);
        return new Output(Format.RAW, nowhere, nowhere, ZoneOffset.UTC, clock, () -> {});
    }

    /**
     * A dyno's descriptors, as {@link dev.dyno.process} starts programs: one, which is a terminal,
     * or its stdout and its stderr. The source finishes when all have.
     */
    public Source read(List<Integer> fds, String dyno, LogFile log) {
        if (fds.size() == 1) {
            return read(fds.getFirst(), dyno, Stream.TERMINAL, log);
        }
        Source out = read(fds.get(0), dyno, Stream.STDOUT, log);
        Source err = read(fds.get(1), dyno, Stream.STDERR, log);
        return done -> {
            var left = new AtomicInteger(2);
            Runnable one =
                    () -> {
                        if (left.decrementAndGet() == 0) {
                            done.run();
                        }
                    };
            out.finish(one);
            err.finish(one);
        };
    }

    /**
     * From now on what comes out of {@code fd} is a dyno's; the descriptor is this one's to close,
     * and made non-blocking. The log stays the caller's, to be closed once the source is done.
     *
     * @param fd the read end of a pipe, or with {@link Stream#TERMINAL} the master side of a
     *     pseudo-terminal that does not process output
     */
    public Source read(int fd, String dyno, Stream stream, LogFile log) {
        var feed = new Feed(fd, dyno, stream, log);
        boolean taken =
                tell(() -> {
                    style.expect(dyno);
                    pump.add(feed);
                });
        if (!taken) {
            Posix.close(fd);
        }
        return done -> {
            if (!tell(() -> pump.finish(feed, done))) {
                done.run();
            }
        };
    }

    /**
     * What the platform says of a dyno: shown by {@code heroku} and {@code json}; logged by the
     * caller.
     */
    public void event(LogLine line) {
        tell(() -> style.event(line));
    }

    /**
     * What a user of {@code heroku local} is told of a dyno: {@code 7:29:56 AM web.1 Exited
     * Successfully}. Shown by {@code local} on stdout or, a failure, on stderr; by {@code raw} on
     * stderr.
     */
    public void notice(String dyno, String text, boolean failure) {
        tell(() -> style.notice(clock.instant(), dyno, text, failure));
    }

    /** {@code [OKAY] …}: shown by {@code local} on stdout or stderr, by the others on stderr. */
    public void banner(String text, boolean failure) {
        tell(() -> style.banner(text, failure));
    }

    /** The width of names in {@code local}: that of the longest so far. */
    public void expect(String dyno) {
        tell(() -> style.expect(dyno));
    }

    /**
     * For how long a write to stdout or stderr has been waiting for its reader; zero while none
     * does.
     */
    public Duration stalled() {
        Duration first = out.stalled();
        Duration second = err.stalled();
        return first.compareTo(second) > 0 ? first : second;
    }

    /** Prints all that is there, however long its reader takes, and ends. */
    @Override
    public void close() {
        tell(() -> closing = true);
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends as {@link #close} does, but prints nothing more: its reader may be stalled. */
    public void abandon() {
        synchronized (tasks) {
            if (!over) {
                quit.up();
            }
        }
        close();
    }

    private boolean tell(Runnable task) {
        synchronized (tasks) {
            if (!over) {
                tasks.add(task);
                wake.up();
            }
            return !over;
        }
    }

    private void run() {
        work();
        while (!isOver()) {
            if (!pump.turn(out.isEmpty())) {
                out.flush();
            }
            work();
        }
        out.close();
        err.close();
    }

    private void work() {
        for (var task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            return tasks.poll();
        }
    }

    private boolean isOver() {
        if (closing) {
            pump.finishAll();
        }
        if (!closing || !pump.isEmpty()) {
            return false;
        }
        out.flush();
        synchronized (tasks) {
            over = tasks.isEmpty();
            if (over) {
                wake.close();
                quit.close();
            }
            return over;
        }
    }
}
