package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user's editor: {@code $VISUAL}, {@code $EDITOR} or vim. */
final class Editor {
    private final World world;
    private final String app;

    Editor(World world, String app) {
        this.world = world;
        this.app = app;
    }

    /**
     * @throws UserError where there is none, and no terminal for vim either
     */
    private String command() {
        for (String variable : List.of("VISUAL", "EDITOR")) {
            String command = world.environment().getOrDefault(variable, "");
            if (!command.isBlank()) {
                return command;
            }
        }
        if (!world.inIsTerminal() || !world.outIsTerminal()) {
            throw new UserError(
                    "there is no terminal to edit in",
                    "Name an editor that needs none: EDITOR=… "
                            + CalledAs.NAME
                            + " config:edit, or use "
                            + CalledAs.NAME
                            + " config:set.");
        }
        return "vim";
    }

    /**
     * The text as it was saved, from a file for the user's eyes only that is gone then.
     *
     * @param suffix by which the editor knows what it is
     * @throws UserError where the editor fails
     */
    String edit(String text, String suffix) throws IOException, InterruptedException {
        Path file = Files.createTempFile("dyno-" + app + "-config-", suffix);
        try {
            Files.writeString(file, text);
            world.out().flush();
            // By a shell, since it may have flags: VISUAL='code --wait'.
            Process editor =
                    new ProcessBuilder(
                                    "/bin/sh", "-c", command() + " \"$1\"", "sh", file.toString())
                            .inheritIO()
                            .start();
            int status = editor.waitFor();
            if (status != 0) {
                throw new UserError(
                        Printable.escape(command()) + " ended with status " + status,
                        "Nothing was changed. Another editor: EDITOR=nano "
                                + CalledAs.NAME
                                + " config:edit");
            }
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
