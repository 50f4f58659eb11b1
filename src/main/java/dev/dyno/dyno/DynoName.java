package dev.dyno.dyno;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.text.Printable;

/** {@code web.1}, {@code run.7364}: a process type and a number. Safe as a file's name. */
public record DynoName(ProcessType type, int number) {
    private static final int MOST_DIGITS = 9;

    public DynoName {
        if (number < 1) {
            throw new IllegalArgumentException("a dyno's number begins at 1: " + number);
        }
    }

    /**
     * @throws UserError for anything that does not name a dyno, such as {@code ../../x}
     */
    public static DynoName parse(String text) {
        int dot = text.lastIndexOf('.');
        if (isValid(text)) {
            return new DynoName(new ProcessType(text.substring(0, dot)), number(text, dot + 1));
        }
        throw new UserError(
                "'" + Printable.escape(text) + "' is no dyno's name",
                "A dyno is named like web.1 or run.7364; see "
                        + CalledAs.NAME
                        + " ps and "
                        + CalledAs.NAME
                        + " logs.");
    }

    /** Whether a text names a dyno. */
    static boolean isValid(String text) {
        int dot = text.lastIndexOf('.');
        return dot > 0 && ProcessType.isValid(text.substring(0, dot)) && number(text, dot + 1) > 0;
    }

    private static int number(String text, int start) {
        int digits = text.length() - start;
        if (digits < 1 || digits > MOST_DIGITS || text.charAt(start) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    @Override
    public String toString() {
        return type.name() + "." + number;
    }
}
