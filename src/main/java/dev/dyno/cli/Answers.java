package dev.dyno.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the user answers to a question on stderr. */
final class Answers {
    private static final int LONGEST = 1000;

    private Answers() {}

    /** Whether it is y or yes; anything else, and nothing, is no. */
    static boolean yes(World world, String question) throws IOException {
        String answer = line(world, question + " (y/N) ").toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** The line that is typed; what stands behind it on stdin is left there. */
    static String line(World world, String prompt) throws IOException {
        world.err().print(prompt);
        world.err().flush();
        var bytes = new java.io.ByteArrayOutputStream();
        int next = System.in.read();
        while (next >= 0 && next != '\n' && bytes.size() < LONGEST) {
            bytes.write(next);
            next = System.in.read();
        }
        if (next < 0) {
            world.err().println();
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
