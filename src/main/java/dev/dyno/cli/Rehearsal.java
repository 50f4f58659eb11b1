package dev.dyno.cli;

import java.util.List;

/**
 * Goes through dyno's commands once, for the JVM to take note of what they load: scripts/build runs
 * this under a terminal to make the AOT cache. {@code Rehearsal APP}
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        World world = Main.world("012");
        String app = arguments[0];
        for (List<String> words :
                List.of(
                        List.of("run", "-a", app, "true"),
                        List.of("run", "--no-tty", "-a", app, "true"),
                        List.of("ps", "-a", app),
                        List.of("ps", "-a", app, "--json"),
                        List.of("logs", "-a", app),
                        List.of("check", "-a", app),
                        List.of("help"))) {
            int status = Main.run(words, world);
            world.out().println(words + " " + status);
        }
        world.out().flush();
        System.exit(0);
    }
}
