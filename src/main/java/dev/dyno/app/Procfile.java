package dev.dyno.app;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of an app by process type, in the order of the file (heroku.md 4.5). */
public record Procfile(Map<String, String> commands) {
    public static final String NAME = "Procfile";

    public Procfile {
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        for (Map.Entry<String, String> each : commands.entrySet()) {
            if (!ProcessType.isValid(each.getKey()) || each.getValue().isEmpty()) {
                throw new IllegalArgumentException(
                        "process type " + Visible.escaped(each.getKey()));
            }
        }
    }

    /** Reads the text of a Procfile called {@code file}, by the rule of reliability.md 3.2. */
    public static Reading<Procfile> parse(String file, byte[] content) {
        var findings = new Findings(file);
        String text = Utf8.decode(content, findings);
        if (findings.hasErrors()) {
            return findings.about(new Procfile(Map.of()));
        }
        return new ProcfileParser(findings).parse(text);
    }

    /** An app without a Procfile has no process types, and its one-offs need none. */
    public static Reading<Procfile> read(Path directory) {
        Optional<byte[]> content = AppFile.read(directory.resolve(NAME));
        if (content.isEmpty()) {
            return new Reading<>(new Procfile(Map.of()), List.of(), List.of());
        }
        return parse(NAME, content.get());
    }

    /**
     * Reads a Procfile that may have any name.
     *
     * @throws dev.dyno.UserError where it is not there
     */
    public static Reading<Procfile> readFile(Path file) {
        byte[] content =
                AppFile.read(file)
                        .orElseThrow(() ->
                                new dev.dyno.UserError(
                                        "no Procfile " + AppFile.name(file),
                                        "create it, or name one that exists"));
        return parse(AppFile.name(file), content);
    }

    public Optional<String> command(String type) {
        return Optional.ofNullable(commands.get(type));
    }

    public List<String> types() {
        return List.copyOf(commands.keySet());
    }
}
