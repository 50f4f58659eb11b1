package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoName;
import dev.dyno.process.Listeners;
import dev.dyno.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which port each dyno of a formation gets: from a base on, each process type has a hundred, each
 * dyno of it one (heroku.md 6.4).
 *
 * @param types all process types, those started first
 */
public record Ports(int base, List<String> types) {
    private static final int USUAL = 5006;
    private static final int FIRST_FREE = 1024;
    private static final int LAST = 65_535;
    private static final int EACH = 100;
    private static final String HINT = "Choose another: " + CalledAs.NAME + " local -p 5006.";

    public Ports {
        types = List.copyOf(types);
        if (base < FIRST_FREE || base > LAST) {
            throw new IllegalArgumentException("base port " + base);
        }
    }

    /**
     * Where ports begin: at {@code --port}, else at {@code PORT} of the env file, else of the
     * shell, else at 5006.
     *
     * @param option what {@code --port} says; empty without it
     * @param file the config vars of the env file, and {@code fileName} how the user calls it
     * @throws UserError for what is no port, or one that only root may listen on
     */
    public static int base(
            String option, Map<String, String> file, String fileName, Map<String, String> shell) {
        if (!option.isEmpty()) {
            return parse(option, "--port");
        }
        String port = file.getOrDefault("PORT", "");
        if (!port.isEmpty()) {
            return parse(port, "PORT in " + Printable.escape(fileName));
        }
        port = shell.getOrDefault("PORT", "");
        return port.isEmpty() ? USUAL : parse(port, "PORT in your environment");
    }

    /**
     * The ports of a formation that is about to start.
     *
     * @param procfile its types, of which those that are not started come last
     */
    public static Ports of(int base, Formation wanted, Procfile procfile) {
        var started = new ArrayList<String>();
        wanted.entries()
                .forEach((type, entry) -> {
                    if (entry.quantity() > 0) {
                        started.add(type);
                    }
                });
        return new Ports(base, started).with(procfile.types());
    }

    private static int parse(String text, String origin) {
        int port;
        try {
            port = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < 1 || port > LAST) {
            throw new UserError(
                    origin + " is '" + Printable.escape(text) + "', which is no port",
                    "A port is a number from 1024 to 65535: " + CalledAs.NAME + " local -p 5006.");
        }
        if (port < FIRST_FREE) {
            throw new UserError(
                    origin + " is " + port + ", and only root may listen on ports below 1024",
                    HINT);
        }
        return port;
    }

    /**
     * @throws UserError where its port would be another type's, or is beyond the last there is
     */
    public int port(DynoName dyno) {
        int type = types.indexOf(dyno.type().name());
        if (type < 0) {
            throw new IllegalArgumentException(dyno + " is of none of " + types);
        }
        if (dyno.number() > EACH) {
            throw new UserError(
                    dyno + " has no port: each process type has 100 of them",
                    "Run at most 100 dynos of a type, the first at: "
                            + CalledAs.NAME
                            + " local -p 5006.");
        }
        int port = base + dyno.number() - 1 + EACH * type;
        if (port > LAST) {
            throw new UserError(
                    dyno + " would have port " + port + ", and the last there is is 65535",
                    "Begin lower: " + CalledAs.NAME + " local -p 5006.");
        }
        return port;
    }

    /** These ports, and further ones for process types that have none. */
    Ports with(Collection<String> more) {
        var all = new ArrayList<>(types);
        for (String type : more) {
            if (!all.contains(type)) {
                all.add(type);
            }
        }
        return new Ports(base, all);
    }

    /**
     * Sees to it that each dyno of a formation has a port.
     *
     * @throws UserError as {@link #port}
     */
    void requireAll(Formation formation) {
        formation
                .entries()
                .forEach((type, entry) -> {
                    if (entry.quantity() > 0) {
                        port(new DynoName(new ProcessType(type), entry.quantity()));
                    }
                });
    }

    /**
     * Sees to it that nobody else has the dyno's port.
     *
     * @throws UserError where somebody listens on it now
     */
    public void check(DynoName dyno) {
        int port = port(dyno);
        var listeners = new Listeners();
        if (listeners.isListening(port)) {
            String owner =
                    listeners.owner(port).map(Printable::escape).orElse("a program not to be seen");
            throw new UserError(
                    "port " + port + " for " + dyno + " is taken by " + owner,
                    "Stop it, or choose others: " + CalledAs.NAME + " local -p 7000.");
        }
    }
}
