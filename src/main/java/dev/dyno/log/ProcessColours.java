package dev.dyno.log;

import dev.dyno.text.Palette;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A colour for each process type, in order of appearance (heroku.md 3.3). */
final class ProcessColours {
    private static final List<String> ASSIGNED_FIRST =
            List.of("run", "router", "web", "postgres", "heroku-postgres");

    private final List<UnaryOperator<String>> colours;
    private final Map<String, UnaryOperator<String>> assigned = new HashMap<>();

    ProcessColours(Palette palette) {
        colours =
                List.of(
                        palette::yellow,
                        palette::green,
                        palette::cyan,
                        palette::magenta,
                        palette::blue,
                        palette::info,
                        palette::name,
                        palette::yellow,
                        palette::magenta,
                        palette::warning);
        ASSIGNED_FIRST.forEach(this::colour);
    }

    /** The text in the colour of a process: {@code web.1} has that of {@code web}. */
    String paint(String process, String text) {
        return colour(typeOf(process)).apply(text);
    }

    static String typeOf(String process) {
        int dot = process.indexOf('.');
        return dot < 0 ? process : process.substring(0, dot);
    }

    private UnaryOperator<String> colour(String type) {
        return assigned.computeIfAbsent(type, _ -> colours.get(assigned.size() % colours.size()));
    }
}
