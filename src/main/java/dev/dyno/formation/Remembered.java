package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.app.ProcessType;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was last wanted of a formation, for process types that the Procfile has and has had.
 *
 * @param warnings of what in the file is damaged and so is ignored, a line each
 */
record Remembered(Formation formation, List<String> warnings) {
    private static final String RELEASE = "release";

    Remembered {
        warnings = List.copyOf(warnings);
    }

    static Remembered read(Path file) {
        var entries = new LinkedHashMap<String, Formation.Entry>();
        var warnings = new ArrayList<String>();
        try {
            for (Map.Entry<String, String> field : Fields.read(file).values().entrySet()) {
                Optional<Formation.Entry> entry = Formation.Entry.parse(field.getValue());
                if (entry.isPresent() && ProcessType.isValid(field.getKey())) {
                    entries.put(field.getKey(), entry.get());
                } else {
                    warnings.add(
                            Printable.escape(
                                    "'"
                                            + field.getKey()
                                            + "="
                                            + field.getValue()
                                            + "' in "
                                            + file
                                            + " is damaged and is ignored"));
                }
            }
        } catch (NoSuchFileException e) {
            // nothing yet
        } catch (IOException e) {
            warnings.add(
                    Printable.escape(file + " cannot be read and is ignored: " + e.getMessage()));
        }
        return new Remembered(new Formation(entries), warnings);
    }

    /**
     * An entry for each process type of the Procfile but {@code release}: one Standard-1X dyno
     * where nothing else was said of it.
     */
    Formation of(Procfile procfile) {
        var entries = new LinkedHashMap<String, Formation.Entry>();
        for (String type : procfile.types()) {
            if (!type.equals(RELEASE)) {
                entries.put(
                        type,
                        formation
                                .entries()
                                .getOrDefault(type, new Formation.Entry(1, DynoSize.STANDARD_1X)));
            }
        }
        return new Formation(entries);
    }

    /**
     * Remembers this one, and goes on remembering the process types it does not have.
     *
     * @throws UserError where the file cannot be written
     */
    void write(Path file, Formation wanted) {
        Formation all = formation;
        for (Map.Entry<String, Formation.Entry> each : wanted.entries().entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        try {
            all.fields().write(file);
        } catch (IOException e) {
            throw new UserError(
                    "cannot write " + file + ": " + e.getMessage(),
                    "Free some space there, or set DYNO_HOME to another directory.");
        }
    }
}
