package dev.dyno.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small state file of {@code name=value} lines, replaced as a whole. Plain, because it is read
 * and written on the way of {@code dyno run}; a line that is none is skipped, an unknown name is
 * kept.
 */
public record Fields(Map<String, String> values) {
    private static final long LARGEST = 8 << 20;

    public Fields {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** These fields with one more, or one changed. */
    public Fields with(String name, String value) {
        var changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Fields(changed);
    }

    /**
     * @throws IOException where it cannot be read, is no plain file, or is larger than any of ours
     */
    public static Fields read(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new IOException("it is no file"); // a FIFO would be waited for
        }
        if (found.size() > LARGEST) {
            throw new IOException("it is too large");
        }
        return of(Files.readAllBytes(file));
    }

    /** Those that {@link #bytes} gave. */
    public static Fields of(byte[] bytes) {
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    private static Fields parse(String text) {
        var values = new LinkedHashMap<String, String>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break; // a line without its end was never written whole
            }
            int equals = text.indexOf('=', start);
            if (equals > start && equals < end) {
                values.put(text.substring(start, equals), unescape(text, equals + 1, end));
            }
            start = end + 1;
        }
        return new Fields(values);
    }

    /** As they are written to a file. */
    public byte[] bytes() {
        var text = new StringBuilder();
        for (Map.Entry<String, String> field : values.entrySet()) {
            text.append(field.getKey()).append('=');
            escape(field.getValue(), text);
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes beside {@code file} and moves the whole into its place; mode 0600. */
    public void write(Path file) throws IOException {
        // Each process has its own: twenty first runs of an app all write down where it is.
        String unique = "." + ProcessHandle.current().pid() + ".part";
        Path part = file.resolveSibling(file.getFileName() + unique);
        Files.deleteIfExists(part);
        try (var channel =
                Files.newByteChannel(
                        part,
                        java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            var bytes = java.nio.ByteBuffer.wrap(bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void escape(String value, StringBuilder to) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> to.append("\\n");
                case '\\' -> to.append("\\\\");
                default -> to.append(c);
            }
        }
    }

    private static String unescape(String text, int start, int end) {
        if (text.indexOf('\\', start) < 0) {
            return text.substring(start, end);
        }
        var value = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < end) {
                i++;
                value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
