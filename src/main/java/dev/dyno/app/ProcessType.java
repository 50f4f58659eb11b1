package dev.dyno.app;

/** The name a Procfile gives to a command (heroku.md 4.5; reliability.md 3.2 for the exact set). */
public record ProcessType(String name) {
    static final int LONGEST = 63;

    public ProcessType {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a process type: " + Visible.escaped(name));
        }
    }

    /** Letters, digits, {@code _} and, but for the first and the last character, {@code -}. */
    public static boolean isValid(String name) {
        return name.length() <= LONGEST && misfit(name) < 0;
    }

    /** Where the first character stands that a name may not have there; -1 if all may. */
    static int misfit(String name) {
        int last = name.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = name.charAt(i);
            if (!isWordCharacter(c) && (c != '-' || i == 0 || i == last)) {
                return i;
            }
        }
        return last < 0 ? 0 : -1;
    }

    /** Regular expressions call it {@code \w}. */
    static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }

    @Override
    public String toString() {
        return name;
    }
}
