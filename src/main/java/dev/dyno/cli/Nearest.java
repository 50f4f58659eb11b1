package dev.dyno.cli;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    /** The known name that the fewest changed letters lead to, two at most and not all of them. */
    static Optional<String> to(String typed, Collection<String> known) {
        String nearest = null;
        int least = Math.min(FARTHEST, typed.length() - 1) + 1;
        for (String name : known) {
            int distance = distance(typed, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
