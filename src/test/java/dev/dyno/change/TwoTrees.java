package dev.dyno.change;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A slug and a copy of it, as a table of files: path, what the slug has there, what the copy has. A
 * dash is nothing, {@code ->x} a symbolic link; else each word is a line, {@code x*20} twenty.
 */
final class TwoTrees {
    private static final FileTime SLUG = FileTime.fromMillis(1_000);
    private static final FileTime COPY = FileTime.fromMillis(2_000);
    private static final String LINK = "->";
    private static final String BYTES = "bytes:";

    private TwoTrees() {}

    static Changes changes(Path directory, String table) throws IOException {
        Path old = Files.createDirectory(directory.resolve("old"));
        Path fresh = Files.createDirectory(directory.resolve("fresh"));
        for (String line : table.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            write(old.resolve(cells[0].strip()), cells[1].strip(), SLUG);
            write(fresh.resolve(cells[0].strip()), cells[2].strip(), COPY);
        }
        return Changes.inCopy(old, fresh);
    }

    private static void write(Path file, String what, FileTime time) throws IOException {
        if (what.equals("-")) {
            return;
        }
        Files.createDirectories(file.getParent());
        if (what.startsWith(LINK)) {
            Files.createSymbolicLink(file, Path.of(what.substring(LINK.length())));
        } else {
            Files.write(file, content(what));
            // Of a file as large and as old as the slug's nobody looks at the content.
            Files.setLastModifiedTime(file, time);
        }
    }

    /** {@code bytes:20} are so many NULs; {@code %} is a carriage return. */
    static byte[] content(String what) {
        if (what.startsWith(BYTES)) {
            return new byte[Integer.parseInt(what.substring(BYTES.length()))];
        }
        var out = new ByteArrayOutputStream();
        for (String word : what.isEmpty() ? new String[0] : what.split(" ")) {
            String[] line = word.split("\\*", 2);
            int times = line.length == 1 ? 1 : Integer.parseInt(line[1]);
            byte[] bytes =
                    (line[0].replace('%', '\r') + "\n").getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < times; i++) {
                out.writeBytes(bytes);
            }
        }
        return out.toByteArray();
    }
}
