package dev.dyno.recording;

import java.nio.ByteBuffer;

/**
 * Events on their way to the disk. It holds a megabyte and no more: whoever has something to add
 * waits for room then, so that nothing is lost and memory is bounded.
 */
final class Backlog {
    private static final int ROOM = 1 << 20;

    /** Kind, time, length. */
    private static final int HEAD = 1 + Long.BYTES + Integer.BYTES;

    /** How long an event waits for company before it is written. */
    private static final long COMPANY_NANOS = 200_000_000;

    /** When so much has come there is no waiting. */
    private static final int ENOUGH = ROOM / 4;

    private ByteBuffer filling = ByteBuffer.allocate(ROOM);
    private ByteBuffer spare = ByteBuffer.allocate(ROOM);
    private boolean ended;

    /** Adds an event; the bytes are at most half of what it holds. */
    synchronized void add(char kind, long micros, ByteBuffer data) {
        int size = HEAD + data.remaining();
        try {
            while (filling.remaining() < size && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            interrupted();
        }
        if (ended) {
            return;
        }
        int before = filling.position();
        filling.put((byte) kind).putLong(micros).putInt(data.remaining()).put(data);
        if (before == 0 || (before < ENOUGH && filling.position() >= ENOUGH)) {
            notifyAll();
        }
    }

    /** No more is added: what comes now is dropped. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * What has come, after a moment in which more may; to be read before the next call. Empty once
     * no more comes.
     */
    synchronized ByteBuffer take() {
        try {
            while (filling.position() == 0 && !ended) {
                wait();
            }
            long deadline = System.nanoTime() + COMPANY_NANOS;
            long left = COMPANY_NANOS;
            while (left > 0 && filling.position() < ENOUGH && !ended) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            interrupted();
        }
        ByteBuffer full = filling.flip();
        filling = spare.clear();
        spare = full;
        notifyAll();
        return full;
    }

    private void interrupted() {
        ended = true;
        Thread.currentThread().interrupt();
    }
}
