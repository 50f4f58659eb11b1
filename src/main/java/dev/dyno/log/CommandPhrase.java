package dev.dyno.log;

import dev.dyno.text.Palette;
import java.util.Optional;

/** {@code Starting process with command `bash` by user U}: the command as code, the user green. */
final class CommandPhrase {
    private static final String START = "Starting process with command ";

    private CommandPhrase() {}

    static Optional<String> paint(Palette palette, String message) {
        int end = message.lastIndexOf('`') + 1;
        if (!message.startsWith(START + "`") || end < START.length() + "`x`".length()) {
            return Optional.empty();
        }
        return Optional.of(
                START
                        + palette.code(message.substring(START.length(), end))
                        + palette.green(message.substring(end)));
    }
}
