package dev.dyno.release;

import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The releases of an app as they lie on disk: a file for each, named after its version. */
record ReleaseFiles(Path directory) {
    /**
     * The versions there are, the newest first, whether or not they can be read.
     *
     * @param warnings gets the names of what is none
     */
    List<Integer> versions(List<String> warnings) {
        var versions = new ArrayList<Integer>();
        try (var stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                String name = entry.getFileName().toString();
                int version = version(name);
                if (version > 0) {
                    versions.add(version);
                } else if (!name.endsWith(".part") && version(PhaseFiles.release(name)) == 0) {
                    warnings.add(Printable.escape(entry.toString()) + " is no release");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // There are none yet.
        }
        versions.sort((a, b) -> Integer.compare(b, a));
        return versions;
    }

    /** 12 for {@code v12}, 0 for anything else. */
    static int version(String name) {
        if (name.length() < 2 || name.length() > 10 || name.charAt(0) != 'v') {
            return 0;
        }
        int version = 0;
        for (int i = 1; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || (digit == 0 && version == 0)) {
                return 0;
            }
            version = version * 10 + digit;
        }
        return version;
    }

    /**
     * @param warnings gets what is wrong with the file, should it be
     */
    Optional<Release> read(int version, List<String> warnings) {
        Path file = file(version);
        try {
            Release release = Release.of(Fields.read(file));
            if (release.version() == version) {
                return Optional.of(release);
            }
            warnings.add(broken(file, "it says v" + release.version()));
        } catch (IllegalArgumentException e) {
            warnings.add(broken(file, "it is incomplete"));
        } catch (IOException e) {
            warnings.add(broken(file, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static String broken(Path file, String why) {
        return Printable.escape(file.toString()) + " is ignored: " + Printable.escape(why);
    }

    void write(Release release) throws IOException {
        // Of one that a power cut took away its status may be left.
        phases().delete(release.version());
        release.fields().write(file(release.version()));
    }

    private Path file(int version) {
        return directory.resolve("v".concat(Integer.toString(version)));
    }

    PhaseFiles phases() {
        return new PhaseFiles(directory);
    }

    void delete(int version) {
        phases().delete(version);
        try {
            Files.deleteIfExists(file(version));
        } catch (IOException e) {
            // A directory of that name, perhaps; it stays, and its number stays taken.
        }
    }
}
