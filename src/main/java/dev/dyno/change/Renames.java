package dev.dyno.change;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was renamed among what was deleted and what was added, as {@code git diff -M} does:
 * first what has the same content; then files whose last name nobody else has, where three quarters
 * are the same; then the most similar, where one half is.
 */
final class Renames {
    private static final int WHOLE = 60_000;
    private static final int HALF = WHOLE / 2;
    private static final int THREE_QUARTERS = WHOLE / 4 * 3;

    /** Beyond so many pairs, squared, only the first two are tried: git's diff.renameLimit. */
    private static final long LIMIT = 1000;

    /** So many of the best are kept for each added file. */
    private static final int CANDIDATES = 4;

    private final List<Change> deleted = new ArrayList<>();
    private final List<Change> added = new ArrayList<>();
    private final Map<Change, Change> renamed = new HashMap<>();
    private final Set<Change> used = new HashSet<>();
    private final Map<Version, Pieces> spans = new HashMap<>();

    /** A file's pieces, or that they cannot be had. */
    private record Pieces(@Nullable Spans spans) {}

    private Renames(List<Change> changes) {
        for (Change change : changes) {
            switch (change.kind()) {
                case DELETED -> deleted.add(change);
                case ADDED -> added.add(change);
                case MODIFIED, RENAMED, TYPE_CHANGED -> {}
            }
        }
    }

    /**
     * @param changes sorted by path
     * @return the same in the same order, a rename where its new path was added
     */
    static List<Change> in(List<Change> changes) {
        var renames = new Renames(changes);
        if (renames.deleted.isEmpty() || renames.added.isEmpty()) {
            return List.copyOf(changes);
        }
        renames.findExact();
        renames.findByName();
        renames.findSimilar();
        var all = new ArrayList<Change>();
        for (Change change : changes) {
            if (!renames.used.contains(change)) {
                all.add(renames.renamed.getOrDefault(change, change));
            }
        }
        return List.copyOf(all);
    }

    private void rename(Change from, Change to, int score) {
        renamed.put(to, Change.rename(from, to, score));
        used.add(from);
    }

    private void findExact() {
        Map<Long, List<Change>> bySize = new HashMap<>();
        deleted.forEach(
                from -> bySize.computeIfAbsent(size(from), _ -> new ArrayList<>()).add(from));
        Map<BigInteger, List<Change>> byHash = new HashMap<>();
        Set<Long> hashed = new HashSet<>();
        for (Change to : added) {
            long size = to.made().size();
            List<Change> sameSize = bySize.getOrDefault(size, List.of());
            if (sameSize.isEmpty() || to.made().isUnreadable()) {
                continue;
            }
            if (hashed.add(size)) {
                for (Change from : sameSize) {
                    BigInteger hash = new BigInteger(from.gone().hash());
                    byHash.computeIfAbsent(hash, _ -> new ArrayList<>()).add(from);
                }
            }
            Change best = null;
            BigInteger hash = new BigInteger(to.made().hash());
            for (Change from : byHash.getOrDefault(hash, List.of())) {
                if (used.contains(from) || from.gone().isLink() != to.made().isLink()) {
                    continue;
                }
                if (hasSameName(from, to)) {
                    best = from;
                    break;
                }
                best = best == null ? from : best;
            }
            if (best != null) {
                rename(best, to, WHOLE);
            }
        }
    }

    private static long size(Change deleted) {
        return deleted.gone().size();
    }

    private void findByName() {
        Map<Name, @Nullable Change> from = onlyOnes(left(deleted));
        Map<Name, @Nullable Change> to = onlyOnes(left(added));
        from.forEach((name, old) -> {
            Change fresh = to.get(name);
            if (old != null && fresh != null) {
                int score = score(old, fresh, THREE_QUARTERS);
                if (score >= THREE_QUARTERS) {
                    rename(old, fresh, score);
                }
            }
        });
    }

    /** By their last names; null where several have it. */
    private static Map<Name, @Nullable Change> onlyOnes(List<Change> changes) {
        Map<Name, @Nullable Change> ones = new HashMap<>();
        for (Change change : changes) {
            Name name = Name.of(change.path().last());
            ones.put(name, ones.containsKey(name) ? null : change);
        }
        return ones;
    }

    private void findSimilar() {
        List<Change> froms = left(deleted);
        List<Change> tos = left(added);
        if ((long) froms.size() * tos.size() > LIMIT * LIMIT) {
            return;
        }
        var all = new ArrayList<Candidate>();
        for (Change to : tos) {
            all.addAll(best(froms, to));
        }
        all.sort(Candidate::compare);
        for (Candidate each : all) {
            if (each.score() < HALF) {
                break;
            }
            if (!used.contains(each.deleted()) && !renamed.containsKey(each.added())) {
                rename(each.deleted(), each.added(), each.score());
            }
        }
    }

    private List<Candidate> best(List<Change> froms, Change to) {
        var best = new ArrayList<Candidate>();
        for (Change from : froms) {
            var candidate = new Candidate(from, to, score(from, to, HALF), hasSameName(from, to));
            if (best.size() < CANDIDATES) {
                best.add(candidate);
                continue;
            }
            int worst = 0;
            for (int i = 1; i < CANDIDATES; i++) {
                if (best.get(worst).isBetterThan(best.get(i))) {
                    worst = i;
                }
            }
            if (candidate.isBetterThan(best.get(worst))) {
                best.set(worst, candidate);
            }
        }
        return best;
    }

    private List<Change> left(List<Change> changes) {
        var left = new ArrayList<Change>();
        for (Change change : changes) {
            if (!used.contains(change) && !renamed.containsKey(change)) {
                left.add(change);
            }
        }
        return left;
    }

    private static boolean hasSameName(Change one, Change other) {
        return Arrays.equals(one.path().last(), other.path().last());
    }

    /**
     * How much of the larger is in both, of 60 000; 0 where the sizes alone say less than least.
     */
    private int score(Change from, Change to, int least) {
        Version old = from.gone();
        Version fresh = to.made();
        long larger = Math.max(old.size(), fresh.size());
        long smaller = Math.min(old.size(), fresh.size());
        if (old.isLink()
                || fresh.isLink()
                || fresh.size() == 0
                || larger > Version.LARGE
                || larger * (WHOLE - least) < (larger - smaller) * WHOLE) {
            return 0;
        }
        Spans one = spans(old);
        Spans two = spans(fresh);
        return one == null || two == null ? 0 : (int) (one.common(two) * WHOLE / larger);
    }

    private @Nullable Spans spans(Version version) {
        return spans.computeIfAbsent(
                        version,
                        file -> {
                            byte[] content = file.content();
                            return new Pieces(content == null ? null : Spans.of(content));
                        })
                .spans();
    }
}
