package dev.dyno.cli;

import java.util.List;

/**
 * Does what is done most, for the JVM to take note of what that loads: scripts/build runs this
 * under a terminal to make the AOT cache. What the cache holds is loaded at every start, so no more
 * than this.
 *
 * <p>{@code Rehearsal APP}
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        World world = Main.world("012");
        String app = arguments[0];
        for (List<String> words :
                List.of(
                        List.of("run", "-a", app, "true"), // makes a slug
                        List.of("run", "-a", app, "true"), // takes it
                        List.of("ps", "-a", app))) {
            int status = Main.run(words, world);
            world.out().println(words + " " + status);
        }
        world.out().flush();
        System.exit(0);
    }
}
