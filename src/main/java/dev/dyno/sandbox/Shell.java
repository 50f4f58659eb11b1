package dev.dyno.sandbox;

import dev.dyno.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bash every dyno's command is run by, and what is said to it. */
final class Shell {
    static final String PROMPT =
            "\\[\\033[01;34m\\]\\w\\[\\033[00m\\] \\[\\033[01;32m\\]$ \\[\\033[00m\\]";
    private static final int LONGEST = 131_000;

    private Shell() {}

    /**
     * {@code bash [options] -c LINE}.
     *
     * @param path where to look for bash when it is in none of the usual places
     */
    static List<String> command(String path, List<String> options, String line) {
        if (line.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new UserError(
                    "Argument list too long: the command has more than " + LONGEST + " bytes",
                    "Put it into a script of the app and run that.");
        }
        String bash = Programs.find("bash", path);
        if (bash == null) {
            throw new UserError(
                    "there is no bash on this machine", "Install bash: dynos run by it.");
        }
        var argv = new ArrayList<String>();
        argv.add(bash);
        argv.addAll(options);
        argv.add("-c");
        if (line.startsWith("-") || line.startsWith("+")) {
            argv.add("--");
        }
        argv.add(line);
        return argv;
    }

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
