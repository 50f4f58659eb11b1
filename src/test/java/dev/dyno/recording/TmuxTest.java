package dev.dyno.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program writes is shown here as another terminal shows it. */
class TmuxTest {
    private static final int ROUNDS = 60;
    private static final int COLUMNS = 20;
    private static final int ROWS = 6;

    @Test
    void itShowsWhatTmuxShows(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v tmux >/dev/null").start().waitFor() == 0,
                "no tmux here");
        Random chance = new Random(11);
        var wrong = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            String output = output(chance);
            // A server that is told to end takes its time, so each round has its own.
            try (var tmux = new Tmux(Files.createDirectory(directory.resolve("" + round)))) {
                var emulator = new Emulator(COLUMNS, ROWS, _ -> {});
                emulator.write(output);
                List<String> theirs = tmux.show(output);
                List<String> ours = emulator.screen().shown();
                if (!ours.equals(theirs)) {
                    wrong.add(
                            output.replace("\033", "ESC")
                                    + "\nours:   "
                                    + ours
                                    + "\ntheirs: "
                                    + theirs);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Some dozen things a program may do, in a random order. */
    private static String output(Random chance) {
        String finals = "ABCDEFGHJKLMPSTX@d";
        var output = new StringBuilder("\033c");
        for (int i = 0; i < 40; i++) {
            int n = chance.nextInt(8);
            switch (chance.nextInt(9)) {
                case 0, 1 -> output.append("word").append(i).append(' ');
                case 2 -> output.append("\r\n");
                case 3 -> output.append("ab日本c".substring(chance.nextInt(4)));
                case 4 -> output.append("\033[").append(n).append(";").append(i % 22).append('H');
                // Behind the last column tmux wraps after these and xterm does not, so before it.
                case 5 -> output.append(chance.nextBoolean() ? "\r\033M" : "\r\033D");
                case 6 ->
                        output.append("\033[")
                                .append(1 + n % 3)
                                .append(";")
                                .append(4 + n % 3)
                                .append('r');
                case 7 -> output.append("\033[7m").append(i).append("\033[m");
                default -> {
                    // Beyond the last column, and outside of margins, tmux differs from xterm.
                    output.append("\033[3;").append(1 + chance.nextInt(COLUMNS)).append('H');
                    char last = finals.charAt(chance.nextInt(finals.length()));
                    int most = last == 'J' || last == 'K' ? n % 3 : n;
                    output.append("\033[").append(most).append(last);
                }
            }
        }
        return output.toString();
    }

    /** Another's terminal, of the size that is compared. */
    private record Tmux(Path directory) implements AutoCloseable {
        private static final String READY = "ready";

        List<String> show(String output) throws IOException {
            Path file = directory.resolve("output");
            Files.writeString(file, output, StandardCharsets.UTF_8);
            // Its answer to where the cursor is tells that it has read all before.
            Path script =
                    Files.writeString(
                            directory.resolve("script"),
                            "stty raw -echo; cat "
                                    + file
                                    + "; printf '\\033[6n'; IFS= read -r -d R x; "
                                    + "tmux -S "
                                    + socket()
                                    + " wait-for -S "
                                    + READY
                                    + "; exec sleep 100");
            Path config = directory.resolve("config");
            Files.writeString(config, "set -g status off\n");
            call(
                    "-f",
                    config.toString(),
                    "new-session",
                    "-d",
                    "-x",
                    "" + COLUMNS,
                    "-y",
                    "" + ROWS,
                    "bash " + script);
            call("wait-for", READY);
            List<String> lines = new ArrayList<>();
            call("capture-pane", "-p").lines().forEach(line -> lines.add(line.stripTrailing()));
            while (lines.size() < ROWS) {
                lines.add("");
            }
            return lines;
        }

        private Path socket() {
            return directory.resolve("socket");
        }

        private String call(String... words) throws IOException {
            var command = new ArrayList<String>(List.of("tmux", "-u", "-S", socket().toString()));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().remove("TMUX");
            Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.destroy(); // it has said all
            return out;
        }

        @Override
        public void close() throws IOException {
            call("kill-server");
        }
    }
}
