package dev.dyno.bundle;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Blocks that are worked on at the same time, some ahead of the caller, and come out in order. */
final class Relay implements AutoCloseable {
    private static final int THREADS = Math.min(Runtime.getRuntime().availableProcessors(), 4);
    private static final int AHEAD = THREADS + 2;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS, task -> Thread.ofPlatform().daemon().name("bundle").unstarted(task));
    private final ArrayDeque<Future<byte[]>> begun = new ArrayDeque<>();

    void add(Callable<byte[]> task) {
        begun.addLast(threads.submit(task));
    }

    /** As many as are worth to be begun before the first is taken. */
    boolean isFull() {
        return begun.size() >= AHEAD;
    }

    boolean isEmpty() {
        return begun.isEmpty();
    }

    /** Waits for the first. */
    byte[] take() throws IOException {
        try {
            return begun.removeFirst().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
