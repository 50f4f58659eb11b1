package dev.dyno.slug;

/**
 * One path segment's pattern as Ruby's {@code Dir.glob} reads it, which Heroku's slug compiler
 * uses: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a]}, {@code \}; a leading dot must be written
 * out.
 */
record Glob(String pattern) {
    boolean matches(String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        return matches(0, name, 0);
    }

    private boolean matches(int p, String name, int n) {
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            int next = p < pattern.length() ? one(p, name.charAt(n)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (next >= 0) {
                p = next;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Where the pattern goes on after matching {@code c} at {@code p}, or -1. */
    private int one(int p, char c) {
        char head = pattern.charAt(p);
        return switch (head) {
            case '?' -> p + 1;
            case '\\' ->
                    p + 1 < pattern.length()
                            ? (pattern.charAt(p + 1) == c ? p + 2 : -1)
                            : (c == '\\' ? p + 1 : -1);
            case '[' -> oneOf(p, c);
            default -> head == c ? p + 1 : -1;
        };
    }

    private int oneOf(int p, char c) {
        int end = pattern.indexOf(']', p + 2);
        if (end < 0) {
            return c == '[' ? p + 1 : -1;
        }
        int i = p + 1;
        boolean negated = pattern.charAt(i) == '!' || pattern.charAt(i) == '^';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < end) {
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 3;
            } else {
                found |= pattern.charAt(i) == c;
                i++;
            }
        }
        return found != negated ? end + 1 : -1;
    }
}
