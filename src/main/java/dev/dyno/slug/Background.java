package dev.dyno.slug;

import dev.dyno.process.HelperProgram;
import java.nio.file.Path;

/** A tree removed by a program that goes on when dyno has ended. */
final class Background {
    private static final String SCRIPT =
            "cd \"$1\" 2>/dev/null || exit; chmod -R u+rwX .; cd /; rm -rf -- \"$1\"";

    private Background() {}

    static void remove(Path root) {
        // A name of any bytes survives no locale's idea of it, ours does: dyno gave the root its.
        HelperProgram.leave("sh", "-c", SCRIPT, "sh", root.toString());
    }
}
