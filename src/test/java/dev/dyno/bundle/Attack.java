package dev.dyno.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A bundle as export wrote it, to be forged, and the machine that is to refuse it then. */
final class Attack {
    static final String NOT_WRITTEN = "it has an entry that no dyno writes";

    final byte[] good;
    final Machine here;

    Attack(Path directory) throws IOException {
        var there = new Machine(directory.resolve("there"));
        there.write("Procfile", "web: true\n");
        there.write("lib/file", "content\n");
        Files.createSymbolicLink(there.files().resolve("link"), Path.of("lib/file"));
        good = there.export(there.ended(Map.of("OWN", "1")), Choice.NONE);
        here = new Machine(directory.resolve("here"));
        here.write("Procfile", "web: true\n");
    }

    Forgery forgery() throws IOException {
        return new Forgery(good);
    }

    /** It is refused for this reason, and nothing of it is left. */
    void refused(Forgery forgery, String why) throws IOException {
        assertThat(here.refusal(forgery.seal())).isEqualTo("bundle.dyno is refused: " + why);
        assertThat(here.state()).isEmpty();
    }
}
