package dev.dyno.app;

import java.util.HexFormat;

/**
 * Text of an app's file made fit for a terminal. Unlike other text of unknown origin it shows what
 * cannot be seen as well, such as a blank of no width: that may be what is wrong in the file.
 */
final class Visible {
    /** More than a screen is wide; a file of one endless line is not shown whole. */
    private static final int LONGEST = 200;

    private Visible() {}

    /** {@code \x1b} for what cannot be shown. */
    static String escaped(String text) {
        var shown = new StringBuilder(text.length());
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (!isHidden(c)) {
                shown.appendCodePoint(c);
            } else if (c < 0x100) {
                shown.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        }
        return shown.toString();
    }

    /** One character for each, so that columns stay what they are. */
    static String inPlace(String text) {
        var shown = new StringBuilder();
        for (int i = 0, c; i < text.length() && shown.length() < LONGEST; ) {
            c = text.codePointAt(i);
            shown.appendCodePoint(c == '\t' ? ' ' : isHidden(c) ? 0xFFFD : c);
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
