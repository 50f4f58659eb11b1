package dev.dyno.slug;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What a thread needs to read, compare and hash files: made once, used for each. */
final class Content {
    /** A run of this many zeros becomes a hole. */
    static final int BLOCK = 1 << 16;

    private static final ThreadLocal<Content> MINE = ThreadLocal.withInitial(Content::new);

    final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private @Nullable ByteBuffer other;
    private @Nullable ByteBuffer zeros;
    private final byte[] heap = new byte[BLOCK];
    private @Nullable MessageDigest digest;

    static Content mine() {
        return MINE.get();
    }

    /** Made late: an unchanged app is not hashed, and the first digest costs milliseconds. */
    private MessageDigest digest() {
        if (digest == null) {
            digest = sha256();
        }
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    ByteBuffer other() {
        if (other == null) {
            other = ByteBuffer.allocateDirect(BLOCK);
        }
        return other;
    }

    /**
     * Adds the first {@code count} bytes of the block to the hash, after a byte that says whether
     * they are all there: of a hole they are not, or a large sparse file would take a minute.
     */
    void hash(int count) {
        if (isHole(count)) {
            digest().update((byte) 0);
            return;
        }
        digest().update((byte) 1);
        block.clear().get(0, heap, 0, count);
        digest().update(heap, 0, count);
    }

    /** The first {@code count} bytes of the block, until the block is next asked for something. */
    byte[] bytes(int count) {
        block.clear().get(0, heap, 0, count);
        return heap;
    }

    /**
     * Fills the block with what comes next.
     *
     * @param most how many bytes are still to come
     * @return how many came
     */
    int fill(InputStream from, long most) throws IOException {
        int wanted = (int) Math.min(BLOCK, most);
        if (from.readNBytes(heap, 0, wanted) < wanted) {
            throw new EOFException();
        }
        block.clear().put(0, heap, 0, wanted);
        return wanted;
    }

    byte[] hashed() {
        return digest().digest();
    }

    static byte[] hashOf(byte[] content) {
        MessageDigest digest = mine().digest();
        digest.reset();
        return digest.digest(content);
    }

    void forgetHash() {
        digest().reset();
    }

    /** Whether the block is full and nothing but zeros. */
    boolean isHole(int count) {
        if (count < BLOCK || block.get(0) != 0) {
            return false;
        }
        if (zeros == null) {
            zeros = ByteBuffer.allocateDirect(BLOCK);
        }
        return block.clear().mismatch(zeros.clear()) < 0;
    }

    /** Whether the first {@code count} bytes of both blocks are the same. */
    boolean isSame(int count) {
        return block.clear().limit(count).mismatch(other().clear().limit(count)) < 0;
    }
}
