package dev.dyno.slug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code .slugignore} keeps out of the slug, by the rules of Heroku's slug compiler (heroku.md
 * 6.6): patterns stand between white space, {@code #} begins a comment anywhere, one with a {@code
 * /} is anchored at the root, one without matches at any depth outside hidden directories, and
 * there is no negation. The repository's {@code .git} never belongs to a slug.
 */
public final class SlugIgnore {
    public static final String NAME = ".slugignore";
    private static final int LIMIT = 1 << 20;

    private final List<Glob[]> patterns = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private final List<String> leftOut = new ArrayList<>(List.of(".git"));
    private String text = "";

    private SlugIgnore() {}

    /** Nothing at all is ignored. */
    static SlugIgnore nothing() {
        var ignore = new SlugIgnore();
        ignore.leftOut.clear();
        return ignore;
    }

    /** Leaves out one path more, whatever the file says. */
    SlugIgnore leavingOut(String path) {
        leftOut.add(path);
        return this;
    }

    /** Differs where the rules differ: FNV-1a of all that decides. */
    long fingerprint() {
        String all = String.join("\0", leftOut).concat("\0").concat(text);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < all.length(); i++) {
            hash = (hash ^ all.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Nothing but {@code .git} is ignored. */
    public static SlugIgnore none() {
        return new SlugIgnore();
    }

    public static SlugIgnore parse(String text) {
        var ignore = new SlugIgnore();
        ignore.text = text;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String rules = comment < 0 ? line : line.substring(0, comment);
            for (String rule : rules.split("\\s+", -1)) {
                if (!rule.isEmpty()) {
                    ignore.add(rule, number);
                }
            }
        }
        return ignore;
    }

    /**
     * Reads the app's {@code .slugignore}; without one, or with one that is no file, nothing is
     * ignored.
     */
    public static SlugIgnore read(Path app) throws IOException {
        Path file = app.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return none();
        }
        if (Files.size(file) > LIMIT) {
            throw new dev.dyno.UserError(
                    NAME + " is larger than 1 MiB", "Name directories instead of their files.");
        }
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** What was not understood, each with the line it stands on: {@code 3: …}. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * @param path relative to the app's root; a directory that is ignored takes all below it along
     */
    public boolean ignores(Path path) {
        return ignores(path.toString());
    }

    boolean ignores(String path) {
        if (leftOut.contains(path)) {
            return true;
        }
        if (patterns.isEmpty()) {
            return false;
        }
        String[] segments = path.split("/", -1);
        for (Glob[] pattern : patterns) {
            if (matches(pattern, 0, segments, 0)) {
                return true;
            }
        }
        return false;
    }

    private void add(String rule, int line) {
        if (rule.startsWith("!")) {
            warnings.add(line + ": " + rule + " is ignored: .slugignore knows no negation");
            return;
        }
        for (String alternative : alternatives(rule)) {
            String path = strip(alternative);
            if (path.isEmpty()) {
                continue;
            }
            boolean anchored = alternative.indexOf('/') >= 0;
            String[] names = path.split("/+", -1);
            var pattern = new Glob[names.length + (anchored ? 0 : 1)];
            int i = 0;
            if (!anchored) {
                pattern[i++] = new Glob("**");
            }
            for (String name : names) {
                if (name.equals("..")) {
                    warnings.add(line + ": " + rule + " is ignored: it leaves the app");
                    return;
                }
                pattern[i++] = new Glob(name);
            }
            patterns.add(pattern);
        }
    }

    private static String strip(String rule) {
        int start = 0;
        int end = rule.length();
        while (start < end && (rule.charAt(start) == '/' || rule.startsWith("./", start))) {
            start++;
        }
        while (end > start && rule.charAt(end - 1) == '/') {
            end--;
        }
        return rule.substring(start, end);
    }

    /** Ruby's {@code {a,b}}: each alternative is a pattern of its own. */
    private static List<String> alternatives(String rule) {
        int open = rule.indexOf('{');
        int close = rule.indexOf('}', open + 1);
        if (open < 0 || close < 0) {
            return List.of(rule);
        }
        var all = new ArrayList<String>();
        for (String choice : rule.substring(open + 1, close).split(",", -1)) {
            all.addAll(alternatives(rule.substring(0, open) + choice + rule.substring(close + 1)));
        }
        return all;
    }

    private static boolean matches(Glob[] pattern, int p, String[] path, int n) {
        if (p == pattern.length) {
            return n == path.length;
        }
        if (pattern[p].pattern().equals("**")) {
            // Any number of directories, but Ruby's ** does not enter hidden ones.
            for (int i = n; i <= path.length; i++) {
                if (matches(pattern, p + 1, path, i)) {
                    return true;
                }
                if (i < path.length && path[i].startsWith(".")) {
                    return false;
                }
            }
            return false;
        }
        return n < path.length
                && pattern[p].matches(path[n])
                && matches(pattern, p + 1, path, n + 1);
    }
}
