package dev.dyno.change;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deleted paths of a stored form, as a tree. A deleted directory means all below it; what the
 * stored files have of that name is new.
 */
final class Gone {
    /** By {@link #key}; a path's parts lead to it. */
    private final Map<String, Gone> below = new HashMap<>();

    private final byte[] name;
    private boolean here;

    private Gone(byte[] name) {
        this.name = name;
    }

    static Gone read(Path file) throws IOException {
        var root = new Gone(new byte[0]);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return root;
        }
        for (int end = 0, start = 0; end < bytes.length; end++) {
            if (bytes[end] == 0) {
                root.add(Name.of(Arrays.copyOfRange(bytes, start, end)));
                start = end + 1;
            }
        }
        return root;
    }

    static void write(List<Name> names, Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (Name name : names) {
            bytes.writeBytes(name.bytes());
            bytes.write(0);
        }
        Files.write(file, bytes.toByteArray());
    }

    private void add(Name path) {
        Gone at = this;
        for (byte[] part : path.parts()) {
            at = at.below.computeIfAbsent(key(part), _ -> new Gone(part));
        }
        at.here = true;
    }

    /** The path itself was deleted. */
    boolean isHere() {
        return here;
    }

    @Nullable Gone child(byte[] name) {
        return below.get(key(name));
    }

    List<byte[]> names() {
        return below.values().stream().map(child -> child.name).toList();
    }

    private static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
