package dev.dyno.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Arguments for {@code bwrap --args}: each ended by a NUL, read from a file nobody else reads. */
final class Words {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);

    void add(String... words) {
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            bytes.write(text, 0, text.length);
            bytes.write(0);
        }
    }

    /** Those of a file that {@link #write} made. */
    static List<String> read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> words = List.of(text.split("\0", -1));
        return words.subList(0, words.size() - 1);
    }

    void write(Path file) throws IOException {
        Files.deleteIfExists(file);
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            var rest = java.nio.ByteBuffer.wrap(bytes.toByteArray());
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }
}
