package dev.dyno.change;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file or a symbolic link that is not what the slug has. */
public final class Change {
    private static final int WHOLE = 60_000;

    private final Name path;
    private final Name oldPath;
    private final @Nullable Version before;
    private final @Nullable Version after;
    private final int score;

    private Change(
            Name path, Name oldPath, @Nullable Version before, @Nullable Version after, int score) {
        this.path = path;
        this.oldPath = oldPath;
        this.before = before;
        this.after = after;
        this.score = score;
    }

    static Change of(Name path, @Nullable Version before, @Nullable Version after) {
        return new Change(path, path, before, after, 0);
    }

    /**
     * @param score how similar they are, of 60 000
     */
    static Change rename(Change deleted, Change added, int score) {
        return new Change(added.path, deleted.path, deleted.before, added.after, score);
    }

    public Kind kind() {
        if (before == null) {
            return Kind.ADDED;
        }
        if (after == null) {
            return Kind.DELETED;
        }
        if (!path.equals(oldPath)) {
            return Kind.RENAMED;
        }
        return before.isLink() == after.isLink() ? Kind.MODIFIED : Kind.TYPE_CHANGED;
    }

    public Name path() {
        return path;
    }

    /** Of what was renamed. */
    public Optional<Name> oldPath() {
        return path.equals(oldPath) ? Optional.empty() : Optional.of(oldPath);
    }

    /** The path it has in the slug. */
    Name source() {
        return oldPath;
    }

    /** 0100644, 0100755 for an executable, 0120000 for a symbolic link; empty where it is new. */
    public OptionalInt oldMode() {
        return before == null ? OptionalInt.empty() : OptionalInt.of(before.mode());
    }

    /** Empty where it is gone. */
    public OptionalInt newMode() {
        return after == null ? OptionalInt.empty() : OptionalInt.of(after.mode());
    }

    /** In bytes. */
    public OptionalLong oldSize() {
        return before == null ? OptionalLong.empty() : OptionalLong.of(before.size());
    }

    /** In bytes. */
    public OptionalLong newSize() {
        return after == null ? OptionalLong.empty() : OptionalLong.of(after.size());
    }

    /** Of what was renamed: how much of it stayed as it was, in percent as git counts it. */
    public OptionalInt similarity() {
        return kind() == Kind.RENAMED ? OptionalInt.of(score * 100 / WHOLE) : OptionalInt.empty();
    }

    /** Whether another dyno's change of this path has come to the same. */
    public boolean comesTo(Change other) {
        Version one = after;
        Version two = other.after;
        if (one == null || two == null) {
            return one == two;
        }
        return one.mode() == two.mode() && Arrays.equals(one.hash(), two.hash());
    }

    @Nullable Version before() {
        return before;
    }

    @Nullable Version after() {
        return after;
    }

    Version gone() {
        return Objects.requireNonNull(before);
    }

    Version made() {
        return Objects.requireNonNull(after);
    }
}
