package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each call that was made of Heroku's own program, made of dyno called {@code heroku}: it says the
 * same, byte for byte, or what docs/differences.md says. What came of it is written to {@code
 * target/golden-table.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenTest {
    private static final Path ROOT = Path.of(System.getProperty("dyno.root", "."));
    private static final Path GOLDEN = ROOT.resolve("src/test/resources/golden");
    private static final List<String> FILES =
            List.of("run", "run-args-and-ps", "config-releases-logs", "local", "tty");

    @TempDir static Path root = Path.of("");

    private final Map<String, GoldenApp> apps = new HashMap<>();
    private final Map<String, String> table = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private int fresh;

    @TestFactory
    Stream<DynamicTest> saysWhatHerokuSays() throws IOException {
        var captures = new HashMap<String, Capture>();
        captures().forEach(each -> captures.put(each.title(), each));
        return cases().stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.title(),
                                () ->
                                        check(
                                                each,
                                                Objects.requireNonNull(
                                                        captures.get(each.title())))));
    }

    @Test
    void everyCaptureHasItsCase() throws IOException {
        assertThat(cases().stream().map(GoldenCase::title))
                .containsExactlyElementsOf(captures().stream().map(Capture::title).toList());
    }

    @Test
    void everyDifferenceIsDocumented() throws IOException {
        String differences = Files.readString(ROOT.resolve("docs/differences.md"));
        for (GoldenCase each : cases()) {
            for (String line : each.differs()) {
                assertThat(differences).as(each.title()).contains(line);
            }
        }
    }

    private void check(GoldenCase golden, Capture capture) throws Exception {
        table.put(golden.title(), "FAILED");
        GoldenApp app = app(golden.state());
        Capture said =
                golden.title().startsWith("tty")
                        ? app.show(golden.line())
                        : app.call(golden.line());
        Capture herokus = golden.expected(capture);
        boolean asHeroku = golden.differs().isEmpty() && golden.missing().isEmpty();
        String expected = plain(asHeroku ? herokus : golden.own(), golden);
        assertThat(plain(said, golden)).isEqualTo(expected);
        assertThat(asHeroku || !expected.equals(plain(herokus, golden))).as("differs").isTrue();
        table.put(golden.title(), verdict(golden));
    }

    private static String verdict(GoldenCase golden) {
        if (!golden.missing().isEmpty()) {
            return "missing: " + golden.missing();
        }
        return golden.differs().isEmpty()
                ? "identical"
                : "differs on purpose: " + String.join("; ", golden.differs());
    }

    /** Of each state one, and anew where the state says so; a second one has a name with a 2. */
    private GoldenApp app(String state) throws Exception {
        GoldenApp known = apps.get(state);
        if (known != null) {
            return known;
        }
        assertThat(broken).doesNotContain(state);
        Path directory = Files.createDirectories(root.resolve("" + fresh++));
        try {
            var made = new GoldenApp(directory, state.replaceFirst("( 2|!)$", ""));
            apps.put(state.endsWith("!") ? state + fresh : state, made);
            return made;
        } catch (Exception | AssertionError e) {
            broken.add(state);
            throw e;
        }
    }

    /** Without times, names and ids, which are others each time, and what programs say. */
    private static String plain(Capture said, GoldenCase golden) {
        String text =
                ("status "
                                + said.status()
                                + "\n"
                                + lines(said.out(), golden)
                                + "-- stderr\n"
                                + lines(said.err(), golden))
                        .replaceAll("\\brun\\.\\d{4}\\b", "run.1234")
                        .replaceAll(
                                "\\d{4}/\\d\\d/\\d\\d \\S+ [+-]\\d{4}( \\(~ \\d+[smh] ago\\))?",
                                "TIME")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{3}Z", "TIME")
                        .replaceAll("\\b\\d{1,2}:\\d\\d:\\d\\d [AP]M\\b", "TIME")
                        .replaceAll("\\bDeploy [0-9a-f]{7,8}\\b", "Deploy HASH")
                        .replaceAll("\"id\": \"[^\"]*\"", "\"id\": \"ID\"")
                        .replaceAll("(\"output_stream_url\": )\"[^\"]*\"", "$1\"OUTPUT\"")
                        .replaceAll("(?m)^(/bin/sh|bash): .*\\R", "")
                        .replace("me@example.com", "USER")
                        .replace(System.getProperty("user.name") + "@localhost", "USER");
        return golden.anyWidths() ? text.replaceAll("─+", "─").replaceAll(" {3,}", "   ") : text;
    }

    /** What two programs write has no order. */
    private static String lines(String text, GoldenCase golden) {
        return golden.state().equals("local")
                ? text.lines().sorted().map(line -> line + "\n").collect(Collectors.joining())
                : text;
    }

    private static List<Capture> captures() throws IOException {
        var all = new ArrayList<Capture>();
        for (String file : FILES) {
            var counts = new HashMap<String, Integer>();
            for (Capture each : Capture.read(GOLDEN.resolve(file + ".txt"))) {
                int count = counts.merge(each.title(), 1, Integer::sum);
                all.add(
                        count == 1
                                ? each
                                : new Capture(
                                        each.title() + " (" + count + ")",
                                        each.status(),
                                        each.out(),
                                        each.err()));
            }
        }
        return all;
    }

    private static List<GoldenCase> cases() throws IOException {
        return GoldenCase.read(GOLDEN.resolve("cases.txt"));
    }

    @AfterAll
    void writeTheTable() throws Exception {
        for (GoldenApp app : apps.values()) {
            app.end();
        }
        var text = new StringBuilder();
        table.forEach(
                (title, verdict) -> text.append(title).append(" | ").append(verdict).append('\n'));
        Files.writeString(ROOT.resolve("target/golden-table.txt"), text);
    }
}
