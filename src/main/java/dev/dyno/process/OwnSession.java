package dev.dyno.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a program is started as the leader of a session of its own. */
final class OwnSession {
    private OwnSession() {}

    /**
     * What is to stand before the program: {@code setsid} starts a session without a fork when it
     * leads no group, and ours never does. Nothing where the machine has no such program.
     */
    static List<String> program() {
        for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (Files.isExecutable(Path.of(setsid))) {
                return List.of(setsid);
            }
        }
        if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
            return List.of("/usr/bin/perl", "-MPOSIX", "-e", "setsid(); exec { $ARGV[0] } @ARGV");
        }
        return List.of();
    }
}
