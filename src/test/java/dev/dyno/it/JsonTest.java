package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --json}, of the real program: each output is as docs/schema.json says. */
@Timeout(120)
final class JsonTest {
    @TempDir Path root = Path.of("");

    private Dyno dyno;
    private Schema schema;

    @BeforeEach
    void makeTheApp() throws Exception {
        dyno = new Dyno(root);
        schema = Schema.read();
    }

    private void prints(String command, String... words) throws Exception {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of(words));
        all.add("--json");
        Dyno.Result result = dyno.call(all.toArray(String[]::new));
        assertThat(result.out()).as(result.toString()).endsWith("\n");
        assertThat(schema.faults(command, result.out())).isEmpty();
    }

    /** What each command needs, as words to call it with. */
    private List<List<String>> calls(String command, String ended, String alive) {
        return switch (command) {
            case "config:get" -> List.of(List.of("A"), List.of("A", "NONE"));
            case "config" -> List.of(List.of(), List.of("--origin"));
            case "runs:info", "diff" -> List.of(List.of(ended), List.of(alive));
            case "releases:info" -> List.of(List.of(), List.of("v1"));
            case "ps",
                    "ps:scale",
                    "ps:type",
                    "runs",
                    "apps",
                    "apps:info",
                    "releases",
                    "check",
                    "doctor" ->
                    List.of(List.of());
            case "local", "logs" -> List.of(); // below
            default -> throw new AssertionError("say here how to call " + command);
        };
    }

    @Test
    void everyCommandPrintsWhatTheSchemaSays() throws Exception {
        dyno.write("Procfile", "release: echo migrated; exit 1\nweb: exit 1\nbroken\n");
        dyno.write(".env", "A=1\nnothing\n");
        prints("check");
        dyno.write("Procfile", "release: echo migrated; exit 1\nweb: exit 1\n");
        prints("ps");
        prints("apps:info");
        prints("releases");
        prints("config");
        String ended = dyno.run("echo $DYNO; touch new; rm Procfile; kill -9 $$").out().strip();
        dyno.call("config:set", "B=two\nlines");
        dyno.call("local"); // its release phase fails
        try (OneOff alive = OneOff.start(dyno, Map.of(), "sleep 300")) {
            for (String command : schema.commands()) {
                for (List<String> words : calls(command, ended, alive.name())) {
                    prints(command, words.toArray(String[]::new));
                }
            }
        }
    }

    @Test
    void everyLineOfAFormationIsWhatTheSchemaSays() throws Exception {
        dyno.write("Procfile", "web: echo '\"out\"'; echo err >&2; exit 3\n");
        for (String terminal : List.of("--tty", "--no-tty")) {
            var words = new ArrayList<>(List.of("--format=json", "--once"));
            if (terminal.equals("--no-tty")) {
                words.add(terminal);
            }
            Dyno.Result result = Local.call(dyno, words.toArray(String[]::new));
            assertThat(result.out().lines()).as(result.toString()).hasSizeGreaterThan(3);
            assertThat(result.out().lines())
                    .allSatisfy(line -> assertThat(schema.faults("local", line)).isEmpty());
        }
    }

    @Test
    void everyLineOfTheLogIsWhatTheSchemaSays() throws Exception {
        dyno.run("echo '\033[1mbold' \\\" \\\\");

        assertThat(dyno.call("logs", "--json").out().lines())
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(schema.faults("logs", line)).isEmpty())
                .noneMatch(line -> line.contains("\033"));
    }

    @Test
    void whatIsNotInTheSchemaIsAFault() {
        assertThat(schema.faults("config:get", "{\"key\": \"A\", \"value\": \"1\"}")).isEmpty();
        assertThat(schema.faults("config:get", "{\"key\": \"A\"}")).isNotEmpty();
        assertThat(schema.faults("config:get", "{\"key\": \"A\", \"value\": 1}")).isNotEmpty();
        assertThat(schema.faults("doctor", "[{\"name\": \"x\"}]")).hasSize(1);
        assertThat(
                        schema.faults(
                                "doctor",
                                "[{\"name\":\"x\",\"state\":\"bad\",\"text\":\"\",\"remedy\":\"\",\"more\":1}]"))
                .containsExactly(
                        "doctor[].state: \"bad\" is not of enum [\"ok\",\"less\",\"broken\"]",
                        "doctor[].more is not in the schema");
    }
}
