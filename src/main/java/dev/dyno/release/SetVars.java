package dev.dyno.release;

import dev.dyno.UserError;
import dev.dyno.app.ConfigVars;
import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file of the config vars that were set for an app, for its user's eyes only. */
record SetVars(Path file) {

    /**
     * @param warnings gets what is wrong with the file, should it be
     */
    ConfigVars read(List<String> warnings) {
        try {
            return new ConfigVars(Fields.read(file).values());
        } catch (NoSuchFileException e) {
            return ConfigVars.NONE;
        } catch (IOException | IllegalArgumentException e) {
            warnings.add(
                    Printable.escape(file.toString())
                            + " is ignored, and with it all that config:set has set: "
                            + Printable.escape(String.valueOf(e.getMessage())));
            return ConfigVars.NONE;
        }
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * @throws UserError where the state cannot be written
     */
    void write(ConfigVars vars) {
        try {
            new Fields(vars.values()).write(file);
        } catch (IOException e) {
            throw new UserError(
                    "cannot write " + Printable.escape(file.toString()) + ": " + e.getMessage(),
                    "Free some space there, or set DYNO_HOME to another directory.");
        }
    }
}
