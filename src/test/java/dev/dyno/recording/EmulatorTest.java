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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What text a program's output leaves. */
class EmulatorTest {
    private static final int ROUNDS = 60;
    private static final int COLUMNS = 20;
    private static final int ROWS = 6;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a;rnb;rnc|a/b/c",
                "abc;rX|Xbc",
                "abcdefghijKLM|abcdefghijKLM",
                "abcdefghij;rnK|abcdefghij/K",
                "abcdefghij;e[KX|abcdefghiX",
                "ab;tc|ab      c",
                "abc;bX|abX",
                "abc;e[2DX|aXc",
                "abc;e[1;2HX|aXc",
                "abc;e[3GX;e[5GY|abX Y",
                "abc;r;e[K;e[1mX;e[0m|X",
                "a;rnb;e[1;1H;e[J|",
                "a;rnb;e[2J;e[Hc|c",
                "abcd;e[2G;e[2P|ad",
                "abcd;e[2G;e[2@|a  bcd",
                "abcd;e[2G;e[2X|a  d",
                "a;e[3b|aaaa",
                "abc;e[4h;e[1GX;e[4lY|XYbc",
                "a;rnb;rnc;e[2H;e[LX|a/X/b/c",
                "a;rnb;rnc;e[2H;e[M|a/c",
                "a;rnb;e[1H;eMX|X/a/b",
                "a;rnb;rnc;e[2;3r;e[3H;nX|a/c/X",
                "1;rn2;rn3;rn4;rn5;rn6|1/2/3/4/5/6",
                "a;e[?1049hvim;e[?1049lb|ab",
                "a;e[?1049h;e[HX|a/X",
                "a;e]0 Xyz;ab|ab",
                "a;e]0 Xyz;e\\b|ab",
                "a;ePq#0;e\\b|ab",
                "a;e7bc;e8X|aXc",
                "a;e[?25l;e[?2004h;e[31;1mb;e[m|ab",
                "a;e[>c;e[6n;e[!pb|ab",
                ";e(0lqk;e(Bx|┌─┐x",
                "日本語|日本語",
                "日本;e[2GX| X本",
                "日本;e[3DX| X本",
                "abcdefghi日|abcdefghi日",
                "e;u0301x|e;u0301x",
                "a;e[99;99HX;e[1HY|Y///         X",
                "a;e[5C;e[2CX|a       X",
                "abc;e[1K;r|",
                "abcdefghij;e[?7lXYZ|abcdefghiZ",
                "a;eDb;eEc|a/ b/c",
            })
    void theTextIsWhatATerminalWouldShow(String output, String text) {
        String raw =
                output.replace(";e", "\033")
                        .replace(";rn", "\r\n")
                        .replace(";r", "\r")
                        .replace(";n", "\n")
                        .replace(";t", "\t")
                        .replace(";b", "\b")
                        .replace(";u0301", "\u0301")
                        .replace("Xyz;a", "Xyz\007");
        assertThat(text(raw, 10, 4))
                .isEqualTo(text == null ? "" : text.replace(";u0301", "\u0301"));
    }

    private static String text(String output, int columns, int rows) {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(columns, rows, lines::add);
        emulator.write(output);
        emulator.end();
        return String.join("/", lines);
    }

    @Test
    void aSmallerWindowLosesNothingThatStoodAboveTheCursor() {
        var lines = new ArrayList<String>();
        var emulator = new Emulator(20, 6, lines::add);
        emulator.write("1\r\n2\r\n3\r\n4\r\nlonger than ten");
        emulator.resize(10, 2);
        emulator.write("\r\nafter");
        emulator.resize(30, 9);
        emulator.write("!");
        emulator.end();
        assertThat(lines).containsExactly("1", "2", "3", "4", "longer than ten", "after!");
    }

    @Test
    void noOutputAtAllDoesHarm() {
        Random chance = new Random(3);
        for (int round = 0; round < 2000; round++) {
            var output = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                switch (chance.nextInt(5)) {
                    case 0 -> output.append((char) chance.nextInt(0x100));
                    case 1 -> output.append("\033[").append(chance.nextInt(300)).append(';');
                    case 2 -> output.append("\033[").append((char) (0x30 + chance.nextInt(0x4f)));
                    case 3 -> output.appendCodePoint(chance.nextInt(0x11_0000));
                    default -> output.append("日\u0301x");
                }
            }
            var emulator = new Emulator(1 + chance.nextInt(9), 1 + chance.nextInt(5), _ -> {});
            emulator.write(output.toString());
            emulator.resize(1 + chance.nextInt(9), 1 + chance.nextInt(5));
            emulator.write(output.reverse().toString());
            emulator.end();
        }
    }

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
