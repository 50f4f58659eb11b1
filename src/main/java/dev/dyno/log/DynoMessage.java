package dev.dyno.log;

import dev.dyno.text.Palette;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said about, and by, one-offs and web dynos; other dynos' messages stay plain. */
final class DynoMessage {
    private static final Pattern CHANGED = Pattern.compile("State changed from (\\w+) to (\\w+)");
    private static final Pattern EXITED = Pattern.compile("Process exited with status (\\d+)");

    /** An access log's line: {@code 10.1.2.3 - - [time] "GET /x HTTP/1.1" 200 …}. */
    private static final Pattern ACCESS =
            Pattern.compile(
                    "(\\d+(?:\\.\\d+){3} -[^-]*- \\[[^]]+] \")(\\w+)( )([^ ]+)"
                            + "( HTTP/\\d+\\.\\d+\" )(\\d+)( .+)");

    private static final Pattern REQUEST =
            Pattern.compile("(.* \")(\\w++)(.+)(HTTP/\\d+\\.\\d+\" .*)");

    private final Palette palette;
    private final HttpStatus statuses;

    DynoMessage(Palette palette) {
        this.palette = palette;
        this.statuses = new HttpStatus(palette);
    }

    String paint(String message) {
        if (message.equals("Stopping all processes with SIGTERM")) {
            return palette.red(message);
        }
        Matcher changed = CHANGED.matcher(message);
        if (changed.matches()) {
            return "State changed from "
                    + state(changed.group(1))
                    + " to "
                    + state(changed.group(2));
        }
        Matcher exited = EXITED.matcher(message);
        if (exited.matches()) {
            String status = exited.group(1);
            return "Process exited with status "
                    + (status.equals("0") ? palette.success(status) : palette.failure(status));
        }
        return CommandPhrase.paint(palette, message).orElse(message);
    }

    String paintWeb(String message) {
        if (message.equals("Unidling") || message.equals("Restarting")) {
            return palette.yellow(message);
        }
        return request(message).orElseGet(() -> paint(message));
    }

    private Optional<String> request(String message) {
        if (!message.contains("HTTP/")) {
            return Optional.empty();
        }
        Matcher access = ACCESS.matcher(message);
        if (access.matches()) {
            return Optional.of(
                    palette.inactive(access.group(1))
                            + palette.magenta(access.group(2))
                            + palette.inactive(access.group(3))
                            + palette.green(access.group(4))
                            + palette.inactive(access.group(5))
                            + statuses.paint(access.group(6))
                            + palette.inactive(access.group(7)));
        }
        Matcher request = REQUEST.matcher(message);
        if (request.matches()) {
            return Optional.of(
                    request.group(1)
                            + palette.magenta(request.group(2))
                            + palette.green(request.group(3))
                            + request.group(4));
        }
        return Optional.empty();
    }

    private String state(String state) {
        return switch (state) {
            case "up", "complete" -> palette.success(state);
            case "starting" -> palette.info(state);
            case "down" -> palette.failure(state);
            default -> state;
        };
    }
}
