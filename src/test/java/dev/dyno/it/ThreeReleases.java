package dev.dyno.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An app with three releases: two of files, and one of a config var. */
final class ThreeReleases {
    private ThreeReleases() {}

    /** Makes them, v1 to v3. */
    static void make(Dyno dyno) throws Exception {
        dyno.write("Procfile", "release: true\nhello: echo one\n");
        dyno.write("file", "one\n");
        dyno.write(".env", "ENV=one\n");
        dyno.run("true");
        dyno.write("Procfile", "release: true\nhello: echo two\n");
        dyno.write("file", "two\n");
        dyno.write(".env", "ENV=two\n");
        dyno.run("true");
        dyno.call("config:set", "FOO=bar", "LONGER=x");
    }

    /** From now on the release phase of this one has failed. */
    static void fail(Dyno dyno, String version) throws IOException {
        try (Stream<Path> apps = Files.list(dyno.home().resolve("apps"))) {
            Path releases = apps.findFirst().orElseThrow().resolve("releases");
            Files.writeString(releases.resolve(version + ".status"), "status=failed\n");
        }
    }
}
