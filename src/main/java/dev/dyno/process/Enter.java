package dev.dyno.process;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * dyno's own program by which what a dyno is held in is entered (src/main/c/enter.c); where it was
 * not built, shells do the same, some milliseconds later.
 */
public final class Enter {
    private Enter() {}

    /** Its path; null where there is none. */
    public static @Nullable String program() {
        String folder = System.getProperty("dyno.natives", "");
        String path = folder + "/enter";
        return !folder.isEmpty() && Files.isExecutable(Path.of(path)) ? path : null;
    }
}
