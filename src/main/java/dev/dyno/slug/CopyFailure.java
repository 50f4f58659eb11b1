package dev.dyno.slug;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What a user is told when a file of the app cannot be copied. */
final class CopyFailure {
    private static final int LONGEST = 200;

    private CopyFailure() {}

    /**
     * @param path of the file, relative to the app
     */
    static UserError of(Exception e, String path) {
        String file = shown(path);
        if (e instanceof AccessDeniedException) {
            return new UserError(
                    "cannot read " + file + ": Permission denied",
                    "Make it readable, or name it in .slugignore.");
        }
        String reason =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : String.valueOf(e.getMessage());
        if (reason.contains("too long")) {
            return new UserError(
                    "a path of the app is too long to copy: " + file,
                    "A path may have 4096 bytes; name the directory in .slugignore.");
        }
        if (reason.contains("No space") || reason.contains("quota")) {
            return new UserError(
                    "cannot copy " + file + ": " + reason,
                    "Free some space, or set DYNO_HOME to a directory on another disk.");
        }
        return new UserError("cannot copy " + file + ": " + reason);
    }

    static UserError tooDeep(int most, String path) {
        return new UserError(
                "directories are nested deeper than " + most + " in " + shown(path),
                "Name the directory in .slugignore.");
    }

    static String shown(String path) {
        String text = Printable.escape(path);
        return text.length() <= LONGEST
                ? text
                : text.substring(0, 100) + "…" + text.substring(text.length() - 60);
    }
}
