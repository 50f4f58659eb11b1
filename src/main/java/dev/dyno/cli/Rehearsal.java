package dev.dyno.cli;

import java.util.List;

/**
 * Does what is done most, for the JVM to take note of what that loads: scripts/build runs this
 * under a terminal to make the AOT caches, one for what is short and one for a formation. What a
 * cache holds is loaded at every start, so no more than this.
 *
 * <p>{@code Rehearsal run|local APP}
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        World world = Main.world("012");
        String app = arguments[1];
        List<List<String>> commands =
                arguments[0].equals("local")
                        ? List.of(
                                List.of("local", "-a", app, "-p", "61000", "--once"),
                                List.of("local", "-a", app, "-p", "61000", "--once", "--no-tty"))
                        : List.of(
                                List.of("run", "-a", app, "true"), // makes a slug
                                List.of("run", "-a", app, "true"), // takes it
                                List.of("run", "-a", app, "--no-tty", "true"),
                                List.of("ps", "-a", app));
        for (List<String> words : commands) {
            int status = Main.run(words, world);
            world.out().println(words + " " + status);
        }
        world.out().flush();
        System.exit(0);
    }
}
