package dev.dyno.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Findings kept as {@code name=value} lines, after the key they hold for; a name may come more than
 * once. The last line says that the file is whole.
 */
final class FindingsFile {
    private static final int LONGEST = 1 << 20;
    private static final String END = "end=\n";

    private FindingsFile() {}

    /** Null where there are none, or not for this key, or the file is broken. */
    static @Nullable Findings read(Path file, String key) {
        String text;
        try {
            BasicFileAttributes found =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() || found.size() > LONGEST) {
                return null;
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
        String head = head(key);
        if (!text.startsWith(head) || !text.endsWith(END)) {
            return null;
        }
        String bwrap = "";
        boolean root = true;
        boolean counted = false;
        Overlay overlay = Overlay.NONE;
        var lists = new Lists();
        int start = head.length();
        int end;
        while ((end = text.indexOf('\n', start)) >= 0) {
            int equals = text.indexOf('=', start);
            if (equals < 0 || equals > end) {
                return null;
            }
            String value = text.substring(equals + 1, end);
            switch (text.substring(start, equals)) {
                case "bwrap" -> bwrap = value;
                case "root" -> root = value.equals("true");
                case "counted" -> counted = value.equals("true");
                case "overlay" -> overlay = overlay(value);
                case "reset" -> lists.reset.add(value);
                case "toolchain" -> lists.toolchains.add(value);
                case "hidden" -> lists.hidden.add(value);
                case "locked" -> lists.locked.add(value);
                case "export" -> {
                    int name = value.indexOf('=');
                    if (name < 0) {
                        return null;
                    }
                    lists.exports.put(value.substring(0, name), value.substring(name + 1));
                }
                default -> {}
            }
            start = end + 1;
        }
        if (bwrap.isEmpty()) {
            return null;
        }
        return new Findings(
                bwrap,
                root,
                overlay,
                lists.reset,
                counted,
                lists.toolchains,
                lists.exports,
                lists.hidden,
                lists.locked);
    }

    /** What there can be several of. */
    private static final class Lists {
        final List<String> reset = new ArrayList<>();
        final List<String> toolchains = new ArrayList<>();
        final List<String> hidden = new ArrayList<>();
        final List<String> locked = new ArrayList<>();
        final Map<String, String> exports = new LinkedHashMap<>();
    }

    static void write(Path file, String key, Findings findings) throws IOException {
        var text = new StringBuilder(head(key));
        line("bwrap", findings.bwrap(), text);
        line("root", Boolean.toString(findings.root()), text);
        line("counted", Boolean.toString(findings.counted()), text);
        line("overlay", findings.overlay().name(), text);
        findings.reset().forEach(word -> line("reset", word, text));
        findings.toolchains().forEach(place -> line("toolchain", place, text));
        findings.hidden().forEach(place -> line("hidden", place, text));
        findings.locked().forEach(place -> line("locked", place, text));
        findings.exports().forEach((name, value) -> line("export", name + "=" + value, text));
        text.append(END);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path part = Files.createTempFile(directory, file.getFileName().toString(), ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void line(String name, String value, StringBuilder text) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static String head(String key) {
        return "for=" + key.replace("\n", "\nfor=") + "\n";
    }

    private static Overlay overlay(String name) {
        return switch (name) {
            case "BWRAP" -> Overlay.BWRAP;
            case "NESTED" -> Overlay.NESTED;
            default -> Overlay.NONE;
        };
    }
}
