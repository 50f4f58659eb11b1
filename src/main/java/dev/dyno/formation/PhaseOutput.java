package dev.dyno.formation;

import dev.dyno.dyno.DynoName;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a release command wrote, taken from its dyno's log. */
final class PhaseOutput {
    /** {@code 2024-10-17T22:23:22.209776+00:00}. */
    private static final int TIMESTAMP = 32;

    private PhaseOutput() {}

    /** Copies the lines its programs wrote, without what the log puts before them. */
    static void copy(Path log, DynoName dyno, Path to) throws IOException {
        byte[] source = (" app[" + dyno + "]: ").getBytes(StandardCharsets.UTF_8);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    byte[] bytes = line.toByteArray();
                    line.reset();
                    if (isFrom(source, bytes)) {
                        int start = TIMESTAMP + source.length;
                        out.write(bytes, start, bytes.length - start);
                    }
                }
            }
        }
    }

    private static boolean isFrom(byte[] source, byte[] line) {
        if (line.length < TIMESTAMP + source.length) {
            return false;
        }
        for (int i = 0; i < source.length; i++) {
            if (line[TIMESTAMP + i] != source[i]) {
                return false;
            }
        }
        return true;
    }
}
