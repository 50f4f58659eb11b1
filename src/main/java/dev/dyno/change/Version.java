package dev.dyno.change;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file or a symbolic link as it is on one side of a change. */
final class Version {
    /** What is larger is not shown line by line, and not looked through for what was renamed. */
    static final long LARGE = 64L << 20;

    static final int LINK = 0120000;
    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;
    private static final int BLOCK = 1 << 16;
    private static final int HASH = 20;

    private final Tree tree;
    private final Name name;
    private final Stat stat;
    private byte @Nullable [] hash;

    Version(Tree tree, Name name, Stat stat) {
        this.tree = tree;
        this.name = name;
        this.stat = stat;
    }

    Tree tree() {
        return tree;
    }

    /** As git tells it: of a file's permissions only whether its owner may execute it. */
    int mode() {
        return mode(stat);
    }

    static int mode(Stat stat) {
        if (stat.isLink()) {
            return LINK;
        }
        return (stat.permissions() & 0100) != 0 ? EXECUTABLE : PLAIN;
    }

    boolean isLink() {
        return stat.isLink();
    }

    /** In bytes; of a link that of its target. */
    long size() {
        return stat.size();
    }

    /** Whether a file of this very path in another tree is the same. */
    boolean isLikeOneIn(Tree other, Stat there) throws IOException {
        if (mode(there) != mode() || there.isDirectory()) {
            return false;
        }
        try (Folder here = tree.open(name.parent());
                Folder folder = other.open(name.parent())) {
            return Content.isSame(name.last(), here, stat, folder, there, false);
        }
    }

    /** A file's content, or a link's target. */
    InputStream read() throws IOException {
        return isLink() ? new ByteArrayInputStream(tree.readLink(name)) : tree.read(name);
    }

    /** Null for one that is too large or cannot be read, about which nothing is said. */
    byte @Nullable [] content() {
        if (size() > LARGE) {
            return null;
        }
        try (InputStream in = read()) {
            byte[] content = in.readNBytes(Math.toIntExact(LARGE) + 1);
            return content.length > LARGE ? null : content;
        } catch (IOException e) {
            return null;
        }
    }

    /** As git names this content: SHA-1; nothing but zeros where it cannot be read. */
    synchronized byte[] hash() {
        if (hash == null) {
            try {
                hash = computed();
            } catch (IOException | UncheckedIOException e) {
                hash = new byte[HASH];
            }
        }
        return hash;
    }

    boolean isUnreadable() {
        return Arrays.equals(hash(), new byte[HASH]);
    }

    private byte[] computed() throws IOException {
        MessageDigest digest = sha1();
        String header = "blob " + size() + "\0";
        digest.update(header.getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = read()) {
            var block = new byte[BLOCK];
            int count;
            while ((count = in.read(block)) > 0) {
                digest.update(block, 0, count);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }
}
