package dev.dyno.slug;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks that make further tasks, the newest first, so that few directories are open at a time.
 * Helpers join only once there is enough to do: a small app is not worth a thread.
 */
final class Crew {
    private static final int MOST = Math.min(Runtime.getRuntime().availableProcessors() * 2, 8);
    private static final int ENOUGH = 4;
    private static final long STACK = 1 << 21;

    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private int members = 1;
    private int busy;
    private @Nullable Throwable failure;

    /** Something to do once. */
    interface Task {
        void run() throws IOException;
    }

    synchronized void add(Task task) {
        tasks.addLast(task);
        if (tasks.size() > ENOUGH && members < MOST) {
            members++;
            var helper = new Thread(null, this::work, "crew", STACK);
            helper.setDaemon(true);
            helper.start();
        } else if (members > 1) {
            notify();
        }
    }

    /** Once something went wrong, what is left to do is only to let go. */
    synchronized boolean hasFailed() {
        return failure != null;
    }

    /**
     * Works until all is done.
     *
     * @throws IOException the first failure of a task, as any unchecked one
     */
    void finish() throws IOException {
        work();
        Throwable thrown;
        synchronized (this) {
            thrown = failure;
        }
        // No switch over types: its first use costs 20 ms, and this is on the way of dyno run.
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void work() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } finally {
                done();
            }
        }
    }

    private synchronized @Nullable Task next() {
        while (tasks.isEmpty() && busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                fail(new IllegalStateException(e));
            }
        }
        if (tasks.isEmpty()) {
            return null;
        }
        busy++;
        return tasks.removeLast();
    }

    private synchronized void done() {
        busy--;
        if (busy == 0 && tasks.isEmpty()) {
            notifyAll();
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }
}
