package dev.dyno.slug;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory on a walk that several threads share. What it holds open stays open until the last
 * directory below it is done.
 */
abstract class Visit implements Crew.Task {
    static final int MAX_DEPTH = 2000;

    final @Nullable Visit above;
    final int depth;

    /** Relative to the root, for people and patterns; empty for the root. */
    final String path;

    private final Crew crew;
    private final AtomicInteger pending = new AtomicInteger(1);

    Visit(Crew crew, @Nullable Visit above, String path) {
        this.crew = crew;
        this.above = above;
        this.path = path;
        this.depth = above == null ? 0 : above.depth + 1;
        if (above != null) {
            above.pending.incrementAndGet();
        }
    }

    String pathOf(byte[] name) {
        String text = Names.text(name);
        return path.isEmpty() ? text : path.concat("/").concat(text);
    }

    @Override
    public final void run() throws IOException {
        try {
            if (!crew.hasFailed()) {
                if (depth > MAX_DEPTH) {
                    throw CopyFailure.tooDeep(MAX_DEPTH, path);
                }
                visit();
            }
        } finally {
            release();
        }
    }

    /** Does what is to be done with the directory's entries. */
    abstract void visit() throws IOException;

    /** All below is done, and nothing has failed so far. */
    abstract void finish() throws IOException;

    abstract void close();

    private void release() throws IOException {
        for (Visit done = this; done != null && done.pending.decrementAndGet() == 0; ) {
            try {
                if (!crew.hasFailed()) {
                    done.finish();
                }
            } finally {
                done.close();
            }
            done = done.above;
        }
    }
}
