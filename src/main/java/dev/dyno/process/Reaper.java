package dev.dyno.process;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Waits for all children of this process on one thread, the orphans it adopts too, and tells of
 * those that were started here. While one lives, no other part of dyno can learn a child's status.
 */
public final class Reaper {
    private final Map<Integer, Consumer<Exit>> expected = new HashMap<>();
    private boolean begun;

    /**
     * Starts a child.
     *
     * @param start forks and returns the child's pid, or less than 1 where that fails
     * @param ended called on the reaper's thread, and so must not take long
     * @return what {@code start} returned
     */
    public synchronized int start(IntSupplier start, Consumer<Exit> ended) {
        int pid = start.getAsInt();
        if (pid > 0) {
            expected.put(pid, ended);
            notifyAll();
            if (!begun) {
                begun = true;
                Thread.ofPlatform().name("reaper").daemon().start(this::reap);
            }
        }
        return pid;
    }

    private void reap() {
        try {
            while (true) {
                if (Posix.awaitChild()) {
                    reapOne();
                } else {
                    awaitStart();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The child is a zombie until here, so that its pid cannot be another's before it is told of.
    private synchronized void reapOne() {
        var status = new int[1];
        int pid = Posix.waitpid(-1, status, Posix.WNOHANG);
        Consumer<Exit> ended = pid > 0 ? expected.remove(pid) : null;
        if (ended != null) {
            ended.accept(Exit.ofWaitStatus(status[0]));
        }
    }

    private synchronized void awaitStart() throws InterruptedException {
        while (expected.isEmpty()) {
            wait();
        }
    }
}
