package dev.dyno.text;

/** Numbers with leading zeros; the JDK's formatters cost a cold start more than the dyno does. */
public final class Digits {
    static final String HEX = "0123456789abcdef";

    private Digits() {}

    /** Appends the last {@code width} decimal digits of a number that is not negative. */
    public static void append(StringBuilder out, int number, int width) {
        int at = out.length();
        out.setLength(at + width);
        int rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            out.setCharAt(i, (char) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
