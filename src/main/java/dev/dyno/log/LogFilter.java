package dev.dyno.log;

import dev.dyno.UserError;
import java.util.Optional;

/**
 * Which lines a reader of the log asked for (heroku.md 3.2).
 *
 * @param dyno one process by its whole name: {@code web.1}, {@code router}
 * @param processType all dynos of a type: {@code web} is {@code web.1}, {@code web.2}, …
 * @param source {@code app} or {@code heroku}
 */
public record LogFilter(
        Optional<String> dyno, Optional<String> processType, Optional<String> source) {
    public static final LogFilter EVERYTHING =
            new LogFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public LogFilter {
        if (source.isPresent() && !LogLine.isSource(source.get())) {
            throw new UserError(
                    "no source '" + source.get() + "'", "a line comes from app or from heroku");
        }
    }

    public boolean accepts(LogLine line) {
        String process = line.process();
        return (dyno.isEmpty() || dyno.get().equals(process))
                && (processType.isEmpty() || isOfType(process, processType.get()))
                && (source.isEmpty() || source.get().equals(line.source()));
    }

    private static boolean isOfType(String process, String type) {
        return process.startsWith(type)
                && (process.length() == type.length() || process.charAt(type.length()) == '.');
    }
}
