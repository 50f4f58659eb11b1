package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.sandbox.Isolation;
import dev.dyno.store.Home;
import dev.dyno.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * How a dyno is to be kept apart: as was asked for by {@code --isolation} or {@code
 * $DYNO_ISOLATION}, else as well as this machine can.
 */
record IsolationChoice(@Nullable Isolation namespaces, String warning) {
    private static final String PLAIN = "plain";
    private static final String NAMESPACES = "namespaces";

    /**
     * @param flag what {@code --isolation} says; empty without it
     * @throws UserError for a level there is not, or not on this machine
     */
    static IsolationChoice of(String flag, World world) {
        String wanted =
                flag.isEmpty() ? world.environment().getOrDefault("DYNO_ISOLATION", "") : flag;
        if (wanted.equals(PLAIN)) {
            return new IsolationChoice(null, "");
        }
        if (!wanted.isEmpty() && !wanted.equals(NAMESPACES)) {
            throw new UserError(
                    "'" + Printable.escape(wanted) + "' is no level of isolation",
                    "There are namespaces and plain; see " + CalledAs.NAME + " doctor.");
        }
        Isolation found = find(world);
        if (found.level() == Isolation.Level.NAMESPACES) {
            return new IsolationChoice(found, "");
        }
        if (wanted.equals(NAMESPACES)) {
            throw new UserError("no namespaces here: " + found.reason(), found.remedy());
        }
        return new IsolationChoice(
                null,
                "without isolation (plain): "
                        + found.reason()
                        + "."
                        + (found.remedy().isEmpty() ? "" : " To have it: " + found.remedy()));
    }

    /** As {@code --isolation} calls it. */
    String level() {
        return namespaces == null ? PLAIN : NAMESPACES;
    }

    static Isolation find(World world) {
        Home home = world.home();
        return Isolation.find(
                home.root().resolve("isolation"),
                home.directory(home.root().resolve("scratch")),
                world.environment());
    }
}
