package dev.dyno.change;

/**
 * What keeps a change from being made in the app's directory.
 *
 * @param why to stand behind the path
 */
public record Conflict(Name path, String why) {}
