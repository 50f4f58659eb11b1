package dev.dyno.cli;

import dev.dyno.app.App;

/** What is done when an app is used for the first time. */
final class FirstUse {
    private final World world;
    private final Messages messages;

    FirstUse(World world, Messages messages) {
        this.world = world;
        this.messages = messages;
    }

    void of(App app) {
        world.home().check().forEach(messages::warning);
        world.apps().remember(app);
    }
}
