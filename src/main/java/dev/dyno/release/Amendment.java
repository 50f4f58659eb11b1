package dev.dyno.release;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.slug.Comparison;
import dev.dyno.slug.Making;
import dev.dyno.slug.Removal;
import dev.dyno.slug.SlugId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes a release of those before it, without a look at the app's files: config vars changed,
 * rolled back, tried again. The app is locked alone.
 */
final class Amendment {
    private final Ledger ledger;
    private final Release now;
    private final String user;

    /**
     * @param now the newest release
     */
    Amendment(Ledger ledger, Release now, String user) {
        this.ledger = ledger;
        this.now = now;
        this.user = user;
    }

    /**
     * The release after the change; the newest where that changes nothing.
     *
     * @throws UserError where there would be more config vars than there may be; nothing is changed
     */
    Release change(ConfigChange change) {
        ConfigVars before = ledger.set().read(ledger.warnings());
        ConfigVars after = change.applyTo(before);
        var vars = new Config(now.vars().env(), after);
        if (after.values().equals(before.values())
                && vars.vars().values().equals(now.config().values())) {
            return now;
        }
        ConfigChange.checkSize(vars.vars());
        // Should dyno be killed in between, the next run makes the release.
        ledger.set().write(after);
        return write(now.slug(), vars, now.rollback(), change.description());
    }

    /**
     * @param env what the app's .env holds
     * @throws UserError where the release's files cannot be had any more
     */
    Release rollBackTo(Release target, ConfigVars env, BooleanSupplier stopped) {
        if (ledger.slug(target).isEmpty()
                || !ledger.slugs().verify(target.slug(), false, stopped)) {
            throw new UserError(
                    "the slug of " + target.name() + " is damaged",
                    "Roll back to another release; they are listed by: "
                            + CalledAs.NAME
                            + " releases");
        }
        var known = new LinkedHashSet<ConfigVars>();
        known.add(env);
        known.addAll(now.rollback().map(Rollback::env).orElse(List.of(now.vars().env())));
        var rollback = new Rollback(directory(stopped), List.copyOf(known));
        ledger.set().write(target.vars().set());
        return write(
                target.slug(),
                target.vars(),
                Optional.of(rollback),
                "Rollback to " + target.name());
    }

    /** The slug of the app's directory as it is now, made where there is none. */
    private SlugId directory(BooleanSupplier stopped) {
        SlugId last = now.rollback().map(Rollback::slug).orElse(now.slug());
        Comparison found = ledger.slugs().compare(last, false, stopped);
        ledger.warnings().addAll(found.warnings());
        return found.unchanged()
                .orElseGet(() -> {
                    Making made = ledger.slugs().make(found, false, stopped);
                    ledger.warnings().addAll(made.warnings());
                    return made.slug();
                })
                .id();
    }

    Release again() {
        return write(
                now.slug(),
                now.vars(),
                now.rollback(),
                "Retry of " + now.name() + ": " + now.description());
    }

    private Release write(
            SlugId slug, Config vars, Optional<Rollback> rollback, String description) {
        Release release = ledger.write(slug, vars, rollback, description, user);
        List<Path> gone = new ArrayList<>(ledger.prune());
        gone.forEach(Removal::removeSoon);
        return release;
    }
}
