package dev.dyno.change;

import dev.dyno.slug.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree of files as chance would have it; a path's chars are its bytes. */
final class RandomTree {
    private static final String[] PARTS = {
        "a",
        "lib",
        "b c",
        "d\"q",
        "\u00c3\u00a9",
        "\u00ff\u00fe",
        "new\nline",
        "tab\t",
        "back\\s",
        "x.txt",
        "x",
        "Gemfile",
        "README.md",
        "config.rb",
        "z{y}"
    };
    private static final String[] WORDS = {
        "",
        "",
        "end",
        "}",
        "{",
        "def a",
        "  x = 1",
        "    y = 2",
        "\tz",
        "  if a",
        "  end",
        "same",
        "$v = 1",
        "_u",
        "a long line that has more than sixty-four bytes, so that it is cut in two"
    };
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    final TreeMap<String, File> files = new TreeMap<>();
    private final Random chance;
    private final boolean torn;

    /** A mode as git has them, and a content or a link's target. */
    static final class File {
        private final int mode;
        private final byte[] content;

        File(int mode, byte[] content) {
            this.mode = mode;
            this.content = content;
        }

        int mode() {
            return mode;
        }

        byte[] content() {
            return content;
        }

        boolean isSame(@Nullable File other) {
            return other != null && mode == other.mode && Arrays.equals(content, other.content);
        }
    }

    private RandomTree(Random chance, boolean torn) {
        this.chance = chance;
        this.torn = torn;
    }

    /**
     * @param torn files may end without a newline
     */
    static RandomTree of(Random chance, boolean torn) {
        var tree = new RandomTree(chance, torn);
        for (int i = chance.nextInt(25); i >= 0; i--) {
            tree.put(tree.path(), tree.file());
        }
        return tree;
    }

    /** The same with some changes. */
    RandomTree changed() {
        var tree = new RandomTree(chance, torn);
        tree.files.putAll(files);
        for (int i = chance.nextInt(12); i >= 0; i--) {
            tree.change();
        }
        return tree;
    }

    private void change() {
        if (files.isEmpty() || chance.nextInt(6) == 0) {
            put(path(), file());
            return;
        }
        String path = new ArrayList<>(files.keySet()).get(chance.nextInt(files.size()));
        File file = Objects.requireNonNull(files.get(path));
        switch (chance.nextInt(9)) {
            case 0 -> files.remove(path);
            case 1 -> put(path, new File(file.mode() ^ (isLink(file) ? 0 : 0111), file.content()));
            case 2, 3 -> put(path, edited(file));
            case 4 -> put(path, file());
            case 5 -> put(path + "/" + part(), file()); // a directory where a file was
            case 6 -> put(parent(path), file()); // and the other way round
            case 7 -> rename(path, file);
            default -> rename(path, edited(file));
        }
    }

    private void rename(String path, File file) {
        files.remove(path);
        put(chance.nextBoolean() ? path() : part() + "/" + last(path), file);
    }

    private static boolean isLink(File file) {
        return file.mode() == Version.LINK;
    }

    /** What cannot be beside it goes. */
    void put(String path, File file) {
        if (path.isEmpty()) {
            return;
        }
        files.keySet().removeIf(other -> other.startsWith(path + "/"));
        for (String up = parent(path); !up.isEmpty(); up = parent(up)) {
            files.remove(up);
        }
        files.put(path, file);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String part() {
        return PARTS[chance.nextInt(PARTS.length)];
    }

    private String path() {
        var path = new StringBuilder(part());
        for (int i = chance.nextInt(4); i > 1; i--) {
            path.append('/').append(part());
        }
        return path.toString();
    }

    private File file() {
        return switch (chance.nextInt(10)) {
            case 0 -> new File(Version.LINK, bytes(part()));
            case 1 -> new File(0100644, new byte[0]);
            case 2 -> new File(0100644, noise());
            case 3 -> new File(0100755, text(chance.nextInt(30)));
            default -> new File(0100644, text(chance.nextInt(chance.nextInt(10) == 0 ? 900 : 60)));
        };
    }

    private byte[] noise() {
        var noise = new byte[chance.nextInt(5000)];
        chance.nextBytes(noise);
        return whole(noise);
    }

    private byte[] text(int lines) {
        var text = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            text.writeBytes(line());
        }
        byte[] bytes = text.toByteArray();
        return torn && bytes.length > 0 && chance.nextInt(5) == 0
                ? Arrays.copyOf(bytes, bytes.length - 1)
                : bytes;
    }

    private byte[] whole(byte[] content) {
        if (!torn && content.length > 0) {
            content[content.length - 1] = '\n';
        }
        return content;
    }

    private byte[] line() {
        String number = chance.nextBoolean() ? " " + chance.nextInt(1000) : "";
        String end = chance.nextInt(20) == 0 ? "\r\n" : "\n";
        return bytes(WORDS[chance.nextInt(WORDS.length)] + number + end);
    }

    private File edited(File file) {
        if (isLink(file)) {
            return new File(file.mode(), bytes(part()));
        }
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= file.content().length; end++) {
            if (end == file.content().length || file.content()[end - 1] == '\n') {
                lines.add(Arrays.copyOfRange(file.content(), start, end));
                start = end;
            }
        }
        for (int i = chance.nextInt(chance.nextInt(4) == 0 ? lines.size() + 1 : 5); i >= 0; i--) {
            int at = chance.nextInt(lines.size() + 1);
            switch (chance.nextInt(4)) {
                case 0 -> lines.add(at, line());
                case 1 ->
                        lines.addAll(
                                at, List.copyOf(lines.subList(at, Math.min(at + 4, lines.size()))));
                case 2 -> lines.subList(at, Math.min(at + chance.nextInt(4), lines.size())).clear();
                default -> {
                    if (at < lines.size()) {
                        lines.set(at, line());
                    }
                }
            }
        }
        var text = new ByteArrayOutputStream();
        lines.forEach(text::writeBytes);
        return new File(file.mode(), whole(text.toByteArray()));
    }

    static byte[] bytes(String chars) {
        return chars.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Below an existing directory; what {@code before} has too is as old there as here. */
    Path write(Path root, @Nullable RandomTree before) throws IOException {
        Files.createDirectories(root);
        for (var entry : files.entrySet()) {
            Path path = at(root, entry.getKey());
            Files.createDirectories(path.getParent());
            File file = entry.getValue();
            if (isLink(file)) {
                Files.createSymbolicLink(path, Names.path(file.content()));
            } else {
                Files.write(path, file.content());
                boolean executable = (file.mode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
            boolean same = before == null || file.isSame(before.files.get(entry.getKey()));
            Files.getFileAttributeView(
                            path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(same ? LONG_AGO : LONG_AGO.plusSeconds(1)), null, null);
        }
        return root;
    }

    static Path at(Path root, String path) {
        Path at = root;
        for (String part : path.split("/", -1)) {
            at = at.resolve(Names.path(bytes(part)));
        }
        return at;
    }
}
