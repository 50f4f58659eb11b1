package dev.dyno.sandbox;

import dev.dyno.UserError;
import dev.dyno.process.Invocation;
import java.io.IOException;
import java.util.Map;

/** Where a dyno's command runs: as far apart from the machine as this sandbox can keep it. */
public sealed interface Sandbox permits PlainSandbox, Namespaces {
    /** The home of the command as it sees it itself: where the app is. */
    String home();

    /** A place for temporary files that goes with the dyno, as the command sees it itself. */
    String temporary();

    /**
     * How to start a shell line in here. What it needs is written into the dyno's directory.
     *
     * @param environment the dyno's whole environment
     * @throws UserError where the machine has no bash or the line is longer than the kernel takes
     */
    Invocation invocation(String line, Map<String, String> environment) throws IOException;
}
