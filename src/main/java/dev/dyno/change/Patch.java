package dev.dyno.change;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes as a patch, byte for byte what {@code git diff -M} writes, so that {@code git apply} and
 * {@code patch -p1} make them again. Contents are written as they are, whatever a terminal would
 * make of them.
 */
public final class Patch {
    private static final String NOTHING = "/dev/null";
    private static final int ABBREVIATED = 7;

    private final OutputStream out;

    private Patch(OutputStream out) {
        this.out = out;
    }

    /** Each change in turn; only that one's contents are held. */
    public static void write(Changes changes, OutputStream out) throws IOException {
        var patch = new Patch(out);
        for (Change change : changes.all()) {
            patch.write(change);
        }
    }

    private void write(Change change) throws IOException {
        if (change.kind() == Kind.TYPE_CHANGED) {
            write(Change.of(change.path(), change.before(), null));
            write(Change.of(change.path(), null, change.after()));
            return;
        }
        Version before = change.before();
        Version after = change.after();
        String old = Quoted.of("a/", change.source());
        String fresh = Quoted.of("b/", change.path());
        print("diff --git " + old + " " + fresh + "\n");
        modes(before, after);
        if (change.kind() == Kind.RENAMED) {
            print("similarity index " + change.similarity().orElse(0) + "%\n");
            print("rename from " + Quoted.of("", change.source()) + "\n");
            print("rename to " + Quoted.of("", change.path()) + "\n");
        }
        Texts texts = Texts.of(before, after);
        if (texts.isSame()) {
            return;
        }
        print("index " + hash(before) + ".." + hash(after) + kept(before, after) + "\n");
        String from = before == null ? NOTHING : old;
        String to = after == null ? NOTHING : fresh;
        if (texts.isBinary()) {
            print("Binary files " + from + " and " + to + " differ\n");
        } else if (!texts.isEmpty()) {
            print("--- " + from + tab(from) + "\n+++ " + to + tab(to) + "\n");
            new Hunks(texts.script(), out).write();
        }
    }

    private void modes(@Nullable Version before, @Nullable Version after) throws IOException {
        if (before == null) {
            print("new file mode " + mode(Objects.requireNonNull(after)) + "\n");
        } else if (after == null) {
            print("deleted file mode " + mode(before) + "\n");
        } else if (before.mode() != after.mode()) {
            print("old mode " + mode(before) + "\nnew mode " + mode(after) + "\n");
        }
    }

    /** The mode, where it is still the same. */
    private static String kept(@Nullable Version before, @Nullable Version after) {
        return before != null && after != null && before.mode() == after.mode()
                ? " " + mode(after)
                : "";
    }

    private static String mode(Version version) {
        return Integer.toOctalString(version.mode());
    }

    private static String hash(@Nullable Version version) {
        byte[] hash = version == null ? new byte[ABBREVIATED] : version.hash();
        return HexFormat.of().formatHex(Arrays.copyOf(hash, ABBREVIATED)).substring(0, ABBREVIATED);
    }

    /** What tells patch where a name with blanks ends. */
    private static String tab(String name) {
        return name.indexOf(' ') < 0 ? "" : "\t";
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
