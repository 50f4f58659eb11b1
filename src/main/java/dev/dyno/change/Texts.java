package dev.dyno.change;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Both sides of a change, read. */
final class Texts {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] old;
    private final byte[] fresh;
    private final boolean binary;
    private final boolean same;

    private Texts(byte[] old, byte[] fresh, boolean binary, boolean same) {
        this.old = old;
        this.fresh = fresh;
        this.binary = binary;
        this.same = same;
    }

    static Texts of(@Nullable Version before, @Nullable Version after) {
        byte[] old = before == null ? NOTHING : before.content();
        byte[] fresh = after == null ? NOTHING : after.content();
        if (old == null || fresh == null || Spans.isBinary(old) || Spans.isBinary(fresh)) {
            boolean same =
                    before != null && after != null && Arrays.equals(before.hash(), after.hash());
            return new Texts(NOTHING, NOTHING, true, same);
        }
        boolean both = before != null && after != null;
        return new Texts(old, fresh, false, both && Arrays.equals(old, fresh));
    }

    /** Not to be compared line by line. */
    boolean isBinary() {
        return binary;
    }

    /** The content has not changed. */
    boolean isSame() {
        return same;
    }

    boolean isEmpty() {
        return old.length == 0 && fresh.length == 0;
    }

    Script script() {
        return new Script(new Lines(old), new Lines(fresh));
    }
}
