package dev.dyno.dyno;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.util.Locale;

/**
 * Heroku's dyno sizes, under the names the API gives them, and what each may use (heroku.md 4.3).
 */
public enum DynoSize {
    ECO("Eco", "Free", 512, 256, Swap.ALIKE),
    BASIC("Basic", "Hobby", 512, 256, Swap.ALIKE),
    STANDARD_1X("Standard-1X", "1X", 512, 256, Swap.ALIKE),
    STANDARD_2X("Standard-2X", "2X", 1024, 512, Swap.ALIKE),
    PERFORMANCE_M("Performance-M", "", 2560, 16_384, Swap.ALIKE),
    PERFORMANCE_L("Performance-L", "PX", 14 * 1024, 32_768, Swap.ALIKE),
    PERFORMANCE_L_RAM("Performance-L-RAM", "", 30 * 1024, 24_576, Swap.ALIKE),
    PERFORMANCE_XL("Performance-XL", "", 62 * 1024, 32_768, Swap.ALIKE),
    PERFORMANCE_2XL("Performance-2XL", "", 126 * 1024, 65_536, Swap.ALIKE),
    PRIVATE_S("Private-S", "", 1024, 512, Swap.NONE),
    PRIVATE_M("Private-M", "", 2560, 16_384, Swap.NONE),
    PRIVATE_L("Private-L", "", 14 * 1024, 32_768, Swap.NONE),
    SHIELD_S("Shield-S", "", 1024, 512, Swap.NONE),
    SHIELD_M("Shield-M", "", 2560, 16_384, Swap.NONE),
    SHIELD_L("Shield-L", "", 14 * 1024, 32_768, Swap.NONE);

    /**
     * At what part of its memory, in percent, a dyno is killed (R15): about 200 where it may swap
     * as much again, 100 in a Private Space, which has no swap and so no R14 either.
     */
    private enum Swap {
        ALIKE(200),
        NONE(100);

        private final int percent;

        Swap(int percent) {
            this.percent = percent;
        }
    }

    private static final long MEGABYTE = 1 << 20;

    private final String label;
    private final String formerly;
    private final int megabytes;
    private final int processes;
    private final Swap swap;

    DynoSize(String label, String formerly, int megabytes, int processes, Swap swap) {
        this.label = label;
        this.formerly = formerly;
        this.megabytes = megabytes;
        this.processes = processes;
        this.swap = swap;
    }

    /** As {@code heroku ps} writes it: {@code Standard-1X}. */
    public String label() {
        return label;
    }

    /** The memory quota in bytes: beyond it is R14. */
    public long memory() {
        return megabytes * MEGABYTE;
    }

    /** The part of {@link #memory()}, in percent, at which the dyno is killed: R15. */
    public int killPercent() {
        return swap.percent;
    }

    /** How many processes and threads there may be at a time. */
    public int processes() {
        return processes;
    }

    /**
     * From its name in any case, or from the one it had in former years: {@code 2X}, {@code Hobby}.
     *
     * @throws UserError naming the sizes there are, in Heroku's words (heroku.md 2.4)
     */
    public static DynoSize parse(String text) {
        for (DynoSize size : values()) {
            if (size.label.equalsIgnoreCase(text)
                    || (!text.isEmpty() && size.formerly.equalsIgnoreCase(text))) {
                return size;
            }
        }
        var sizes = new StringBuilder();
        for (DynoSize size : values()) {
            sizes.append(sizes.isEmpty() ? "" : ", ").append(size.label.toLowerCase(Locale.ROOT));
        }
        throw new UserError(
                "No such size as " + Printable.escape(text) + ".", "Use " + sizes + ".");
    }
}
