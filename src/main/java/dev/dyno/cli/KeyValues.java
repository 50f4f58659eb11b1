package dev.dyno.cli;

import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A header and lines of keys and values as Heroku's commands print them, the values below each
 * other (heroku.md 0.1).
 */
final class KeyValues {
    private final World world;
    private final Palette palette;

    KeyValues(World world, Palette palette) {
        this.world = world;
        this.palette = palette;
    }

    /** {@code === shop Config Vars} and an empty line. */
    void header(String text) {
        world.out().print(palette.label("=== ") + palette.label(text) + "\n\n");
    }

    /** Of config vars, or of what their keys are coloured like. */
    void config(Map<String, String> values) {
        print(values, palette::name, this::text);
    }

    /** Of dyno's own words, which may have colours. */
    void facts(Map<String, String> facts) {
        print(facts, UnaryOperator.identity(), UnaryOperator.identity());
    }

    private void print(
            Map<String, String> values, UnaryOperator<String> style, UnaryOperator<String> text) {
        var shown = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> shown.put(Printable.escape(key), value));
        int width = shown.keySet().stream().mapToInt(KeyValues::width).max().orElse(0);
        if (shown.isEmpty()) {
            world.out().print("\n");
        }
        shown.forEach((key, value) ->
                world.out()
                        .print(
                                palette.label(style.apply(key))
                                        + ": "
                                        + " ".repeat(width - width(key))
                                        + (value.isEmpty() ? "''" : text.apply(value))
                                        + "\n"));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Someone's text: byte for byte into a pipe, and harmless on a terminal. */
    String text(String value) {
        return world.outIsTerminal()
                ? Stream.of(value.split("\n", -1))
                        .map(Printable::escape)
                        .collect(Collectors.joining("\n"))
                : value;
    }
}
