package dev.dyno.cli;

import dev.dyno.change.Change;
import dev.dyno.change.Changes;
import dev.dyno.change.Kind;
import dev.dyno.change.Name;
import dev.dyno.change.Patch;
import dev.dyno.text.Palette;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes as they are told: a line each, fields, or a patch on a terminal. */
record ChangeList(Changes changes, Palette palette) {
    private static final int LINK = 0120000;

    /** A line for each: git's letter, the path, the size. */
    void print(PrintStream out) {
        var names = new ArrayList<String>();
        int width = 0;
        for (Change change : changes.all()) {
            String name = name(change);
            names.add(name);
            width = Math.max(width, Math.min(name.length(), 60));
        }
        for (int i = 0; i < names.size(); i++) {
            Change change = changes.all().get(i);
            String padding = " ".repeat(Math.max(0, width - names.get(i).length()));
            out.println(letter(change) + "  " + names.get(i) + padding + "  " + facts(change));
        }
    }

    private String letter(Change change) {
        String letter = String.valueOf(change.kind().letter());
        return switch (change.kind()) {
            case ADDED -> palette.success(letter);
            case DELETED -> palette.failure(letter);
            case MODIFIED, RENAMED, TYPE_CHANGED -> palette.warning(letter);
        };
    }

    private static String name(Change change) {
        String path = change.path().shown();
        return change.oldPath().map(old -> old.shown() + " => " + path).orElse(path);
    }

    private static String facts(Change change) {
        long old = change.oldSize().orElse(0);
        long size = change.newSize().orElse(0);
        String sizes =
                switch (change.kind()) {
                    case ADDED -> RunFacts.bytes(size);
                    case DELETED -> RunFacts.bytes(old);
                    case MODIFIED, RENAMED, TYPE_CHANGED ->
                            old == size
                                    ? RunFacts.bytes(size)
                                    : RunFacts.bytes(old) + " -> " + RunFacts.bytes(size);
                };
        return sizes
                + change.similarity().stream()
                        .mapToObj(percent -> ", " + percent + "% the same")
                        .findFirst()
                        .orElse("")
                + mode(change);
    }

    private static String mode(Change change) {
        int mode = change.newMode().orElse(0);
        if (change.kind() == Kind.TYPE_CHANGED) {
            return mode == LINK ? ", now a link" : ", now a file";
        }
        if (change.oldMode().orElse(mode) == mode || mode == 0) {
            return "";
        }
        return (mode & 0100) != 0 ? ", now executable" : ", no longer executable";
    }

    /** {@code 2 files added, 1 modified}; empty where there is none. */
    String summary() {
        var parts = new ArrayList<String>();
        for (Kind kind : Kind.values()) {
            long count = changes.all().stream().filter(each -> each.kind() == kind).count();
            if (count > 0) {
                String files = parts.isEmpty() ? count == 1 ? " file " : " files " : " ";
                parts.add(count + files + kind.label().replace("type_changed", "of another type"));
            }
        }
        return String.join(", ", parts);
    }

    /** The fields of {@code --json}: null where a file was not, or is no more. */
    List<Map<String, @Nullable Object>> fields() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        for (Change change : changes.all()) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("path", change.path().toString());
            fields.put("old_path", change.oldPath().map(Name::toString).orElse(null));
            fields.put("status", change.kind().label());
            fields.put("old_mode", mode(change.oldMode()));
            fields.put("new_mode", mode(change.newMode()));
            fields.put("old_size", size(change.oldSize()));
            fields.put("size", size(change.newSize()));
            fields.put(
                    "similarity",
                    change.similarity().isPresent() ? change.similarity().getAsInt() : null);
            all.add(fields);
        }
        return all;
    }

    private static @Nullable String mode(OptionalInt mode) {
        return mode.isPresent() ? Integer.toOctalString(mode.getAsInt()) : null;
    }

    private static @Nullable Long size(OptionalLong size) {
        return size.isPresent() ? size.getAsLong() : null;
    }

    /** The patch as a terminal may show it: in colours, and with nothing it would obey. */
    void printPatch(PrintStream out) throws IOException {
        var lines = new PatchScreen(out, palette);
        Patch.write(changes, lines);
        lines.flush();
    }
}
