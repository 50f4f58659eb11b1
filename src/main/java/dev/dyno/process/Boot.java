package dev.dyno.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which run of the kernel this is. */
public final class Boot {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /** An id of ASCII characters, at most 36; empty where the system tells none. */
    public static String id() {
        try {
            return new String(Files.readAllBytes(LINUX), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
