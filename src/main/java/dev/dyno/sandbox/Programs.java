package dev.dyno.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The machine's own programs, the system's before those of a PATH. */
final class Programs {
    private static final String PLACES = "/bin:/usr/bin:/usr/local/bin:/usr/sbin:/sbin:";

    private Programs() {}

    /** The absolute path of a program, or null where the machine has none of that name. */
    static @Nullable String find(String name, String path) {
        String places = PLACES + path;
        int start = 0;
        while (start <= places.length()) {
            int colon = places.indexOf(':', start);
            int end = colon < 0 ? places.length() : colon;
            String place = places.substring(start, end);
            if (place.startsWith("/") && Files.isExecutable(Path.of(place, name))) {
                return place + "/" + name;
            }
            start = end + 1;
        }
        return null;
    }
}
