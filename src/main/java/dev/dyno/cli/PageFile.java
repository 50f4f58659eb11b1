package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.recording.Pace;
import dev.dyno.recording.Page;
import dev.dyno.text.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file that {@code replay --html} writes: whole or not at all, over another only by force. */
record PageFile(World world, String name, boolean force) {

    void write(Path recording, Pace pace) throws IOException {
        Path file = FileName.resolve(name, world);
        FileName.requireReplaceable(file);
        Path part = file.resolveSibling(".new-page-" + ProcessHandle.current().pid());
        boolean reserved = false;
        try {
            if (!force) {
                Files.createFile(file);
                reserved = true;
            }
            try (OutputStream out =
                    new BufferedOutputStream(
                            Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
                new Page(recording, pace).write(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            reserved = false;
        } catch (FileAlreadyExistsException e) {
            throw new UserError(
                    "there is a file " + Printable.escape(name) + " already",
                    "Name another one, or write over it with --force.");
        } catch (IOException e) {
            throw new UserError(
                    Printable.escape("cannot write " + name + ": " + e.getMessage()),
                    "Name a file in a directory that you may write to.");
        } finally {
            Files.deleteIfExists(part);
            if (reserved) {
                Files.deleteIfExists(file);
            }
        }
    }
}
