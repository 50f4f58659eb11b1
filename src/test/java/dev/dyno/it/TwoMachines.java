package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.it.Dyno.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Two state directories with an app each, which know nothing of each other. */
final class TwoMachines {
    /** Where one-offs are exported. */
    final Dyno one;

    /** Where they are imported. */
    final Dyno other;

    private final Path directory;

    TwoMachines(Path directory) throws IOException {
        this(
                directory,
                new Dyno(Files.createDirectories(directory.resolve("one"))),
                new Dyno(Files.createDirectories(directory.resolve("other"))));
    }

    TwoMachines(Path directory, String isolation) throws IOException {
        this(
                directory,
                new Dyno(Files.createDirectories(directory.resolve("one")), isolation),
                new Dyno(Files.createDirectories(directory.resolve("other")), isolation));
    }

    private TwoMachines(Path directory, Dyno one, Dyno other) throws IOException {
        this.directory = directory;
        this.one = one;
        this.other = other;
        one.write("Procfile", "job: cat file; echo $NAME $OWN\n");
        one.write("file", "hello\n");
        one.write(".env", "NAME=secret-of-env\n");
        other.write("Procfile", "job: echo another\n");
    }

    /** The name of a one-off that has ended. */
    static String name(Result run) {
        String err = run.err();
        return err.substring(err.lastIndexOf("up, ") + 4).lines().findFirst().orElseThrow();
    }

    /** Exports it to a file that both can name. */
    String export(String name, String... more) throws Exception {
        Path file = directory.toRealPath().resolve(name + ".dyno");
        String[] words = {"export", name, "-o", file.toString()};
        Result export = one.call(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
        assertThat(export.status()).as(export.err()).isZero();
        return file.toString();
    }
}
