package dev.dyno.output;

import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import dev.dyno.process.Wake;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads the feeds as bytes come and takes each to its end; one thread's alone. */
final class Pump {
    private static final int ROOM = 1 << 16;
    private static final long MILLI = 1_000_000;

    private final Wake wake;
    private final Lines lines;
    private final Desk desk;
    private final InstantSource clock;
    private final Runnable work;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);

    private final List<Feed> feeds = new ArrayList<>();

    /** What is polled: the wake first, then a feed at each place. */
    private final List<Feed> polled = new ArrayList<>();

    private Poll poll;
    private boolean changed = true;

    /**
     * @param work what is to be done before bytes that were read are looked at: whatever was said
     *     before a program wrote them stands before them
     */
    Pump(Wake wake, Desk desk, InstantSource clock, Runnable work) {
        this.wake = wake;
        this.desk = desk;
        this.clock = clock;
        this.work = work;
        this.lines = new Lines(desk, ROOM);
        this.poll = new Poll(wake.fd());
    }

    void add(Feed feed) {
        feeds.add(feed);
        changed = true;
    }

    boolean isEmpty() {
        return feeds.isEmpty();
    }

    /** Its dyno is gone: what is left is read, then {@code done} is called. */
    void finish(Feed feed, Runnable done) {
        feed.finish(done, System.nanoTime());
        changed = true;
        if (feed.isEnded()) {
            done.run();
        }
    }

    /** Reads what is there of all feeds that nobody has finished, and ends them. */
    void finishAll() {
        long now = System.nanoTime();
        for (Feed feed : List.copyOf(feeds)) {
            if (!feed.isFinishing()) {
                feed.finishNow(now);
                while (!feed.isEnded()) {
                    look(feed, now);
                }
            }
        }
    }

    /**
     * Waits until something can be read, then reads it.
     *
     * @param wait whether to wait at all
     * @return whether there was anything, so that there may be more
     */
    boolean turn(boolean wait) {
        if (changed) {
            rebuild();
        }
        boolean ready = poll.await(wait ? timeout() : 0);
        if (ready && poll.ready(0)) {
            wake.down();
        }
        long now = System.nanoTime();
        for (int i = 0; ready && i < polled.size(); i++) {
            if (poll.ready(i + 1)) {
                look(polled.get(i), now);
            }
        }
        if (next() <= now) {
            for (Feed feed : List.copyOf(feeds)) {
                if (feed.lookAt() <= now) {
                    look(feed, now);
                }
            }
        }
        return ready;
    }

    private void look(Feed feed, long now) {
        boolean resting = feed.isResting();
        switch (feed.look(buffer, now)) {
            case BYTES -> {
                work.run();
                desk.begin(feed, clock.instant());
                lines.cut(feed, buffer);
                desk.end(feed);
            }
            case NOTHING -> {}
            case END -> end(feed);
        }
        changed |= resting != feed.isResting();
    }

    private void end(Feed feed) {
        desk.begin(feed, clock.instant());
        lines.end(feed);
        desk.end(feed);
        feed.close();
        feeds.remove(feed);
        changed = true;
        feed.done().run();
    }

    private void rebuild() {
        polled.clear();
        for (Feed feed : feeds) {
            if (!feed.isResting()) {
                polled.add(feed);
            }
        }
        var fds = new int[polled.size() + 1];
        fds[0] = wake.fd();
        for (int i = 0; i < polled.size(); i++) {
            fds[i + 1] = polled.get(i).fd;
        }
        poll = new Poll(fds);
        for (int i = 0; i < fds.length; i++) {
            poll.want(i, Posix.POLLIN);
        }
        changed = false;
    }

    private long next() {
        long next = Long.MAX_VALUE;
        for (Feed feed : feeds) {
            next = Math.min(next, feed.lookAt());
        }
        return next;
    }

    private int timeout() {
        long next = next();
        if (next == Long.MAX_VALUE) {
            return -1;
        }
        return (int) Math.max(0, (next - System.nanoTime() + MILLI - 1) / MILLI);
    }
}
