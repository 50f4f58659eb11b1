package dev.dyno.bundle;

import dev.dyno.log.LogLine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Copies a dyno's log as that of a dyno of this name; what is no line of a log is left out. */
final class LogLines {
    private static final int LONGEST_HEADER = 200;

    private final byte[] name;

    LogLines(String name) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
    }

    void copy(Path from, Path to) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), 1 << 16);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            for (int first = in.read(); first >= 0; first = in.read()) {
                line(first, in, out);
            }
        }
    }

    private void line(int first, InputStream in, OutputStream out) throws IOException {
        var header = new ByteArrayOutputStream(LONGEST_HEADER);
        int next = first;
        while (next >= 0 && next != '\n' && next != ']' && header.size() < LONGEST_HEADER) {
            header.write(next);
            next = in.read();
        }
        String text = header.toString(StandardCharsets.ISO_8859_1);
        Optional<LogLine> line = next == ']' ? LogLine.parse(text.concat("]: ")) : Optional.empty();
        if (line.isPresent()) {
            boolean users = line.get().process().equals("api"); // what they did to the app
            out.write(header.toByteArray(), 0, users ? header.size() : text.indexOf('[') + 1);
            out.write(name, 0, users ? 0 : name.length);
        }
        while (next >= 0 && next != '\n') {
            if (line.isPresent()) {
                out.write(next);
            }
            next = in.read();
        }
        if (line.isPresent()) {
            out.write('\n');
        }
    }
}
