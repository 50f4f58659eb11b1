package dev.dyno.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Heroku's own program said to a call, as it was written down. On a terminal all of it is in
 * {@code out}.
 *
 * @param title the file and the command, as in {@code run.txt: heroku run -a myapp}
 */
record Capture(String title, int status, String out, String err) {
    /** What the service that stood in for Heroku's was asked. */
    private static final Pattern OF_THE_SERVICE =
            Pattern.compile("(?m)^(GET /|POST /|REND |STDIN |grep: api\\.log).*\\R");

    private static final Pattern CALL =
            Pattern.compile(
                    "(?s)(heroku[^\n]*)\nrc=(\\d+)\n-- stdout\n(.*?)(?<=\n)-- stderr\n(.*)");
    private static final Pattern AT_A_TERMINAL =
            Pattern.compile(
                    "(?s)([^\n]*)\n(?:Script started[^\n]*\n)?(.*)\n"
                            + "Script done[^\n]*COMMAND_EXIT_CODE=\"(\\d+)\"].*");

    /** All calls in the file. */
    static List<Capture> read(Path file) throws IOException {
        var found = new ArrayList<Capture>();
        String name = file.getFileName() + ": ";
        for (String text : Files.readString(file).split("(?m)^#{3,} (?:TTY )?", -1)) {
            if (text.isEmpty()) {
                continue;
            }
            String answer = OF_THE_SERVICE.matcher(text).replaceAll("");
            Matcher call = CALL.matcher(answer);
            Matcher screen = AT_A_TERMINAL.matcher(answer);
            if (call.matches()) {
                found.add(
                        new Capture(
                                (name + call.group(1)).strip(),
                                Integer.parseInt(call.group(2)),
                                shown(call.group(3)),
                                shown(call.group(4))));
            } else if (screen.matches()) {
                found.add(
                        new Capture(
                                name + screen.group(1),
                                Integer.parseInt(screen.group(3)),
                                shown(screen.group(2)),
                                ""));
            } else {
                throw new IOException("no capture: " + text);
            }
        }
        return found;
    }

    /** The bytes that {@code cat -v} has written as M-b, ^M and the like; others as they stand. */
    static String shown(String text) {
        var bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            int high = text.startsWith("M-", i) ? 0x80 : 0;
            int at = i + (high == 0 ? 0 : 2);
            boolean control = text.charAt(at) == '^' && at + 1 < text.length();
            if (high == 0 && !control) {
                bytes.writeBytes(text.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
            } else {
                bytes.write(high + (control ? text.charAt(at + 1) ^ 0x40 : text.charAt(at)));
            }
            i = at + (control ? 2 : 1);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
