package dev.dyno.release;

import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of releases' release phases, in files beside theirs: a release itself never
 * changes.
 */
record PhaseFiles(Path directory) {
    private static final String STATUS = ".status";
    private static final String OUTPUT = ".output";
    private static final String FIELD = "status";

    /** The release's own name, {@code v12}, for the names of these files; any other as it is. */
    static String release(String name) {
        for (String suffix : List.of(STATUS, OUTPUT)) {
            if (name.endsWith(suffix)) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }

    /**
     * @param warnings gets what is wrong with the file, should it be
     */
    Optional<Status> status(int version, List<String> warnings) {
        Path file = file(version, STATUS);
        try {
            Optional<Status> status = Status.of(Fields.read(file).get(FIELD));
            if (status.isEmpty()) {
                warnings.add(broken(file, "it holds no status"));
            }
            return status;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            warnings.add(broken(file, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static String broken(Path file, String why) {
        return Printable.escape(file.toString()) + " is ignored: " + Printable.escape(why);
    }

    void setStatus(int version, Status status) throws IOException {
        new Fields(Map.of(FIELD, status.toString())).write(file(version, STATUS));
    }

    Path output(int version) {
        return file(version, OUTPUT);
    }

    Path newOutput(int version) throws IOException {
        Path file = output(version);
        Files.deleteIfExists(file);
        Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))
                .close();
        return file;
    }

    /** Forgets what is known of a release, which is about to be made or to go. */
    void delete(int version) {
        for (String suffix : List.of(STATUS, OUTPUT)) {
            try {
                Files.deleteIfExists(file(version, suffix));
            } catch (IOException e) {
                // A directory of that name, perhaps: none of ours.
            }
        }
    }

    private Path file(int version, String suffix) {
        return directory.resolve("v" + version + suffix);
    }
}
