package dev.dyno.formation;

import dev.dyno.dyno.DynoSize;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One word of {@code ps:scale}: {@code web=2}, {@code worker+1}, {@code web=2:Standard-2X}
 * (heroku.md 2.4).
 *
 * @param type as typed, whether there is such a process type or not
 * @param amount as typed, 0 or more
 * @param size empty where it stays as it is
 */
public record ScaleChange(String type, Sign sign, long amount, Optional<DynoSize> size) {
    /** What is done with the amount. */
    public enum Sign {
        SET('='),
        ADD('+'),
        REMOVE('-');

        private final char mark;

        Sign(char mark) {
            this.mark = mark;
        }

        private static Sign of(char mark) {
            return mark == '=' ? SET : mark == '+' ? ADD : REMOVE;
        }
    }

    private static final Pattern TYPE = Pattern.compile("[\\w-]+");
    private static final Pattern WORD = Pattern.compile("([\\w-]+)([=+-])(\\d+)(?::([\\w-]+))?");

    /** Beyond it all amounts are as much too many as this one. */
    private static final long MOST = 999_999_999_999_999_999L;

    private static final int MOST_DIGITS = 18;

    public ScaleChange {
        if (!TYPE.matcher(type).matches() || amount < 0 || amount > MOST) {
            throw new IllegalArgumentException("no change: " + type + " " + amount);
        }
    }

    /** Whether a word is such a change; Heroku ignores all others. */
    public static boolean isOne(String word) {
        return WORD.matcher(word).matches();
    }

    /**
     * @throws IllegalArgumentException where the word is no such change
     * @throws dev.dyno.UserError where there is no such size
     */
    public static ScaleChange parse(String word) {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no change: " + word);
        }
        String digits = matcher.group(3).replaceFirst("^0+(?=.)", "");
        return new ScaleChange(
                matcher.group(1),
                Sign.of(matcher.group(2).charAt(0)),
                digits.length() > MOST_DIGITS ? MOST : Long.parseLong(digits),
                Optional.ofNullable(matcher.group(4)).map(DynoSize::parse));
    }

    /** The quantity this makes of one; it may be more than there can be, but is never below 0. */
    long applyTo(int quantity) {
        return switch (sign) {
            case SET -> amount;
            case ADD -> quantity + amount;
            case REMOVE -> Math.max(0, quantity - amount);
        };
    }

    /** The word it is parsed from. */
    @Override
    public String toString() {
        return type
                + sign.mark
                + amount
                + size.map(s -> ":" + s.label().toLowerCase(Locale.ROOT)).orElse("");
    }
}
