package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file as the user names it on the command line. */
final class FileName {
    /** What Java makes of bytes of an argument that are no UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private FileName() {}

    /**
     * @throws UserError where no file can be called so, or where its real name did not come through
     */
    static Path resolve(String name, World world) {
        try {
            if (name.indexOf(REPLACED) < 0) {
                return world.workingDirectory().resolve(name);
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new UserError(
                "'" + Printable.escape(name) + "' is no name of a file in UTF-8",
                "Give it a name without such bytes.");
    }

    /**
     * Sees to it that what is to be replaced as a whole is no device, such as /dev/null, and no
     * pipe.
     */
    static void requireReplaceable(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new UserError(
                    Printable.escape(file.toString()) + " is no file that could be replaced",
                    "Name another one.");
        }
    }
}
