package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.change.Changes;
import dev.dyno.change.Name;
import dev.dyno.dyno.DynoName;
import dev.dyno.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose changes are meant by {@code DYNO [PATH…]}, and which of them.
 *
 * @param paths files and directories of the app; all where there are none
 */
record ChangeWords(DynoName dyno, List<Name> paths) {
    ChangeWords {
        paths = List.copyOf(paths);
    }

    /**
     * @param words one at least
     * @throws UserError where the first is no dyno's name, or another no file's
     */
    static ChangeWords of(List<String> words) {
        return new ChangeWords(
                DynoName.parse(words.getFirst()), paths(words.subList(1, words.size())));
    }

    private static List<Name> paths(List<String> words) {
        var paths = new ArrayList<Name>();
        for (String word : words) {
            try {
                paths.add(Name.of(Path.of(word.startsWith("/app/") ? word.substring(5) : word)));
            } catch (InvalidPathException e) {
                throw new UserError("'" + Printable.escape(word) + "' is no file's name");
            }
        }
        return paths;
    }

    /** What the dyno has changed of them; what may not be looked into is said. */
    Changes changes(World world, App app, Messages messages) {
        Changes changes = new Trace(world, app).of(dyno).within(paths);
        DiffCommand.warn(changes, messages);
        return changes;
    }
}
