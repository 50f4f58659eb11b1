package dev.dyno.text;

import java.util.Map;

/** Heroku's colours, as far as the reader's terminal can show them (heroku.md 0.1). */
public record Palette(Level level) {
    /** No colour, the terminal's own 8 colours, or 256. */
    public enum Level {
        NONE,
        BASIC,
        FULL
    }

    public static final Palette PLAIN = new Palette(Level.NONE);

    /** The palette for what is written to stdout, by the switches people know. */
    public static Palette choose(
            boolean stdoutIsTerminal, boolean noColorFlag, Map<String, String> environment) {
        String forced = environment.getOrDefault("FORCE_COLOR", "0");
        boolean unwilling = noColorFlag || refused(environment);
        boolean unable = !stdoutIsTerminal || "dumb".equals(environment.get("TERM"));
        if (unwilling || (unable && forced.equals("0"))) {
            return PLAIN;
        }
        boolean simple = "simple".equals(environment.get("HEROKU_THEME"));
        return new Palette(!simple && has256(environment, forced) ? Level.FULL : Level.BASIC);
    }

    private static boolean refused(Map<String, String> environment) {
        String noColor = environment.getOrDefault("NO_COLOR", "");
        return !(noColor.isEmpty() || noColor.equals("0"))
                || "0".equals(environment.get("HEROKU_COLOR"))
                || "0".equals(environment.get("FORCE_COLOR"));
    }

    private static boolean has256(Map<String, String> environment, String forced) {
        String colorterm = environment.getOrDefault("COLORTERM", "");
        return environment.getOrDefault("TERM", "").contains("256color")
                || colorterm.equals("truecolor")
                || colorterm.equals("24bit")
                || forced.equals("2")
                || forced.equals("3");
    }

    /** An app's name, behind Heroku's hexagon where there are colours enough. */
    public String appName(String name) {
        return app(level == Level.FULL ? "⬢ ".concat(name) : name);
    }

    public String app(String text) {
        return foreground(text, 147, 35);
    }

    /** A dyno, a release, a config var. */
    public String name(String text) {
        return foreground(text, 212, 35);
    }

    public String info(String text) {
        return foreground(text, 43, 36);
    }

    public String success(String text) {
        return foreground(text, 40, 32);
    }

    public String warning(String text) {
        return foreground(text, 214, 33);
    }

    public String failure(String text) {
        return foreground(text, 217, 31);
    }

    public String inactive(String text) {
        return foreground(text, 248, 90);
    }

    public String yellow(String text) {
        return foreground(text, 185, 33);
    }

    public String cyan(String text) {
        return foreground(text, 116, 36);
    }

    public String magenta(String text) {
        return foreground(text, 206, 35);
    }

    public String blue(String text) {
        return foreground(text, 117, 34);
    }

    public String green(String text) {
        return success(text);
    }

    public String teal(String text) {
        return info(text);
    }

    public String red(String text) {
        return failure(text);
    }

    /** The terminal's own red: the mark before an error's lines, the {@code !} of a failure. */
    public String errorMark(String text) {
        return basic(text, 31);
    }

    /** The terminal's own yellow: the mark before a warning's lines. */
    public String warningMark(String text) {
        return basic(text, 33);
    }

    /** The terminal's own magenta: the frame of a spinner. */
    public String spinner(String text) {
        return basic(text, 35);
    }

    public String label(String text) {
        return styled("\u001b[1m", text, "\u001b[22m");
    }

    /** A command line, as on a dark key. */
    public String code(String text) {
        if (level != Level.FULL) {
            return label(text);
        }
        String light = styled("\u001b[38;5;255m", label(text), "\u001b[39m");
        return styled("\u001b[48;5;237m", light, "\u001b[49m");
    }

    private String foreground(String text, int full, int basic) {
        if (level != Level.FULL) {
            return basic(text, basic);
        }
        return styled(
                "\u001b[38;5;".concat(Integer.toString(full)).concat("m"), text, "\u001b[39m");
    }

    private String basic(String text, int colour) {
        return styled("\u001b[".concat(Integer.toString(colour)).concat("m"), text, "\u001b[39m");
    }

    /** A style inside a style of its kind gives way to the outer one again, as Heroku's does. */
    private String styled(String opening, String text, String closing) {
        if (level == Level.NONE || text.isEmpty()) {
            return text;
        }
        return opening.concat(text.replace(closing, opening)).concat(closing);
    }
}
