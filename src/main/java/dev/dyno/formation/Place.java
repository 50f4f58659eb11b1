package dev.dyno.formation;

import dev.dyno.app.App;
import dev.dyno.store.Home;
import java.nio.file.Path;

/** Where an app's formation has its files; the directory need not exist. */
record Place(Home home, Path directory) {
    static Place of(Home home, App app) {
        return new Place(home, home.app(app.key()).resolve("formation"));
    }

    /** Held by whoever runs the formation, or changes what is remembered of it. */
    Path lock() {
        return directory.resolve("lock");
    }

    /** What is remembered of it. */
    Path wanted() {
        return directory.resolve("wanted");
    }

    /** What runs now, while a {@code local} does. */
    Path running() {
        return directory.resolve("running");
    }

    /** What other windows ask of it, and the answers. */
    Path requests() {
        return directory.resolve("requests");
    }

    /**
     * Makes both directories.
     *
     * @throws dev.dyno.UserError where the state directory cannot be written
     */
    void make() {
        home.directory(requests());
    }
}
