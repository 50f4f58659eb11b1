package dev.dyno.slug;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The id of a tree: SHA-256 over all its entries below the root, siblings in the order of their
 * names' bytes and a directory before what it holds. Of each: type, permissions, size, the length
 * and the bytes of its path, the hash of its content.
 */
final class SlugHash {
    private static final byte[] ROOT = new byte[0];

    private final MessageDigest digest = Content.sha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(24);

    private SlugHash() {}

    static SlugId of(Entry root) {
        var hash = new SlugHash();
        hash.add(root, ROOT);
        return new SlugId(HexFormat.of().formatHex(hash.digest.digest()));
    }

    private void add(Entry directory, byte[] path) {
        Entry[] below = directory.below.toArray(Entry[]::new);
        Arrays.sort(below, (a, b) -> Arrays.compareUnsigned(a.name, b.name));
        for (Entry entry : below) {
            byte[] its = Arrays.copyOf(path, path.length + entry.name.length + 1);
            System.arraycopy(entry.name, 0, its, path.length, entry.name.length);
            its[its.length - 1] = '/';
            boolean isDirectory = entry.app.isDirectory();
            numbers.clear()
                    .putInt(entry.app.mode() & Stat.TYPE)
                    .putInt(entry.app.isLink() ? 0 : entry.app.permissions())
                    .putLong(isDirectory ? 0 : entry.app.size())
                    .putInt(its.length - 1);
            digest.update(numbers.flip());
            digest.update(its, 0, its.length - 1);
            digest.update(entry.hash);
            if (isDirectory) {
                add(entry, its);
            }
        }
    }
}
