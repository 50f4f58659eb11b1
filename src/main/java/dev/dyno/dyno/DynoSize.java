package dev.dyno.dyno;

import dev.dyno.UserError;
import dev.dyno.text.Printable;

/** Heroku's dyno sizes, under the names the API gives them (heroku.md 4.3). */
public enum DynoSize {
    ECO("Eco"),
    BASIC("Basic"),
    STANDARD_1X("Standard-1X"),
    STANDARD_2X("Standard-2X"),
    PERFORMANCE_M("Performance-M"),
    PERFORMANCE_L("Performance-L"),
    PERFORMANCE_L_RAM("Performance-L-RAM"),
    PERFORMANCE_XL("Performance-XL"),
    PERFORMANCE_2XL("Performance-2XL");

    private final String label;

    DynoSize(String label) {
        this.label = label;
    }

    /** As {@code heroku ps} writes it: {@code Standard-1X}. */
    public String label() {
        return label;
    }

    /**
     * @throws UserError naming the sizes there are, in Heroku's words (heroku.md 2.4)
     */
    public static DynoSize parse(String text) {
        for (DynoSize size : values()) {
            if (size.label.equalsIgnoreCase(text)) {
                return size;
            }
        }
        var sizes = new StringBuilder();
        for (DynoSize size : values()) {
            sizes.append(sizes.isEmpty() ? "" : ", ")
                    .append(size.label.toLowerCase(java.util.Locale.ROOT));
        }
        throw new UserError(
                "No such size as " + Printable.escape(text) + ".", "Use " + sizes + ".");
    }
}
