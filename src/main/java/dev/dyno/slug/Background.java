package dev.dyno.slug;

import dev.dyno.process.HelperProgram;
import java.nio.file.Path;

/** A tree removed by a program that goes on when dyno has ended. */
final class Background {
    private static final String SCRIPT = "chmod -R u+rwX -- \"$1\"; exec rm -rf -- \"$1\"";

    private Background() {}

    static void remove(Path root) {
        HelperProgram.leave("sh", "-c", SCRIPT, "sh", root.toString());
    }
}
