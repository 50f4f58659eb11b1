package dev.dyno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dyno.process.Invocation;
import dev.dyno.slug.Removal;
import dev.dyno.terminal.TestPty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tab makes of a command line, in real shells at a terminal. */
class CompletionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final char TAB = '\t';

    /** What is typed, and the words the command then gets. */
    private static final Map<String, String> LINES =
            Map.ofEntries(
                    Map.entry("ps:sc" + TAB, "<ps:scale>"),
                    Map.entry("doc" + TAB, "<doctor>"),
                    Map.entry("logs --ta" + TAB, "<logs><--tail>"),
                    Map.entry("logs -s her" + TAB, "<logs><-s><heroku>"),
                    Map.entry("run --isolation=pl" + TAB, "<run><--isolation=plain>"),
                    Map.entry("run --size standard-2" + TAB, "<run><--size><standard-2x>"),
                    Map.entry("ps wor" + TAB, "<ps><worker>"),
                    Map.entry("ps:scale wor" + TAB + "2", "<ps:scale><worker=2>"),
                    Map.entry("ps:stop -d run." + TAB, "<ps:stop><-d><run.42>"),
                    Map.entry("runs:info run.7" + TAB, "<runs:info><run.77>"),
                    Map.entry("releases:output v" + TAB, "<releases:output><v1>"),
                    Map.entry(
                            "ps:stop -a sto" + TAB + " -p sel" + TAB,
                            "<ps:stop><-a><store><-p><sell>"),
                    Map.entry("run ./scr" + TAB, "<run><./script>"),
                    Map.entry("help che" + TAB, "<help><check>"));

    @TempDir Path root = Path.of("");

    @Test
    void bashCompletesCommandsFlagsAndNames() throws Exception {
        drive(
                "bash",
                List.of("--norc", "--noprofile", "-i"),
                "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; PS1='ready>'",
                "dyno() { printf '<%s>' \"$@\"; echo .; }",
                "source ");
    }

    @Test
    void zshCompletesCommandsFlagsAndNames() throws Exception {
        drive(
                "zsh",
                List.of("-f", "-i"),
                "unsetopt zle_bracketed_paste prompt_cr prompt_sp; autoload -U compinit;"
                        + " compinit -u -D; PS1='ready>'",
                "dyno() { printf '<%s>' \"$@\"; echo .; }",
                "source ");
    }

    @Test
    void fishCompletesCommandsFlagsAndNames() throws Exception {
        drive(
                "fish",
                List.of("--no-config", "-i"),
                "function fish_prompt; echo -n 'ready>'; end; set -g fish_autosuggestion_enabled 0",
                "function dyno; printf '<%s>' $argv; echo .; end",
                "source ");
    }

    private void drive(
            String shell, List<String> flags, String setup, String function, String source)
            throws Exception {
        Assumptions.assumeTrue(isInstalled(shell), "skipped: " + shell + " is not installed");
        var dyno = new Dyno(root);
        dyno.write("Procfile", "web: sleep 60\nworker: sleep 60\n");
        dyno.write("script", "true\n");
        Path store = Files.createDirectories(root.resolve("elsewhere/store"));
        Files.writeString(store.resolve("Procfile"), "sell: true\n");
        dyno.run("true");
        dyno.run("-a", store.toString(), "true");
        try (var apps = Files.list(dyno.home().resolve("apps"))) {
            Path app =
                    apps.filter(each -> (each.getFileName() + "").startsWith("app-"))
                            .findFirst()
                            .orElseThrow();
            Files.createDirectories(app.resolve("dynos/run.42"));
            Path runs = app.resolve("runs");
            Removal.remove(runs);
            Files.createDirectories(runs.resolve("run.77"));
        }
        Path script = root.resolve("script." + shell);
        Files.write(script, dyno.call("completion", shell).bytes());

        var environment = new LinkedHashMap<String, String>(dyno.environment());
        environment.put("TERM", "dumb");
        var command = new java.util.ArrayList<String>(List.of("/usr/bin/env", shell));
        command.addAll(flags);
        try (var pty = new TestPty(new Invocation(command, environment, dyno.app()), 50, 200)) {
            type(pty, setup + "; echo set\" \"up\r");
            await(pty, "set up");
            type(pty, function + "; " + source + script + "; echo read\" \"y\r");
            await(pty, "read y");
            for (Map.Entry<String, String> line : LINES.entrySet()) {
                type(pty, "dyno " + line.getKey() + "\r");
                String got = await(pty, ">.");
                assertThat(got.substring(got.lastIndexOf("\n") + 1) + ">")
                        .as(shell + ": dyno " + line.getKey() + " gave " + got)
                        .endsWith(line.getValue());
            }
        }
    }

    private static boolean isInstalled(String program) throws Exception {
        return new ProcessBuilder("bash", "-c", "command -v " + program)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void type(TestPty pty, String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        assertThat(pty.write(bytes, 0)).isEqualTo(bytes.length);
    }

    private static String await(TestPty pty, String text) throws IOException {
        var seen = new StringBuilder();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (seen.indexOf(text) < 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("'" + text + "' did not come; there is:\n" + seen);
            }
            seen.append(new String(pty.read(200), StandardCharsets.UTF_8));
        }
        return seen.substring(0, seen.indexOf(text));
    }
}
