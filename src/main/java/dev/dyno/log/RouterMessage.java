package dev.dyno.log;

import dev.dyno.text.Palette;
import java.util.StringJoiner;

/** The router's {@code key=value} pairs, each in a colour that tells good from bad. */
record RouterMessage(Palette palette, ProcessColours processes) {
    String paint(String message) {
        StringJoiner painted = new StringJoiner(" ");
        for (String token : message.split("\\s+", -1)) {
            painted.add(token(token));
        }
        return painted.toString();
    }

    private String token(String token) {
        int equals = token.indexOf('=') + 1;
        if (equals == 0) {
            return palette.inactive(token);
        }
        String key = token.substring(0, equals);
        return palette.inactive(key) + value(key, token.substring(equals));
    }

    private String value(String key, String value) {
        return switch (key) {
            case "at=" -> value.equals("error") ? palette.red(value) : palette.inactive(value);
            case "code=" -> palette.red(palette.label(value));
            case "method=" -> palette.magenta(value);
            case "path=" -> palette.green(value);
            case "dyno=" -> processes.paint(value, value);
            case "status=" -> new HttpStatus(palette).paint(value);
            case "connect=", "service=" -> duration(value);
            default -> palette.inactive(value);
        };
    }

    private String duration(String value) {
        int digits = 0;
        while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return value;
        }
        int millis = Integer.parseInt(value, 0, digits, 10);
        // Nought is no news: the CLI leaves 0ms plain.
        if (millis == 0) {
            return value;
        }
        if (millis < 100) {
            return palette.green(value);
        }
        if (millis < 500) {
            return palette.teal(value);
        }
        return millis < 5000 ? palette.warning(value) : palette.red(value);
    }
}
