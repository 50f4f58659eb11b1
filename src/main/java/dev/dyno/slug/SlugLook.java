package dev.dyno.slug;

/** The look at a slug's own files, in a thread beside the look at the app's. */
final class SlugLook {
    private final Thread thread;
    private volatile boolean intact;

    /**
     * @param files stays open until {@link #isIntact} has answered
     */
    SlugLook(Index index, LinuxFolder files) {
        thread = Thread.ofPlatform().daemon().start(() -> intact = Look.isIntact(index, files));
    }

    boolean isIntact() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return intact;
    }
}
