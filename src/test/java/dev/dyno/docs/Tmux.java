package dev.dyno.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Windows with a bash in each, in the checkout, that show what a terminal shows. */
final class Tmux implements AutoCloseable {
    private static final String ROWS = "40";
    private static final String COLUMNS = "120";

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory a place for what it needs meanwhile
     * @param environment all the variables that the bashes are to have
     */
    Tmux(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    void open(String window) throws IOException {
        tmux(
                "new-session",
                "-d",
                "-s",
                window,
                "-x",
                COLUMNS,
                "-y",
                ROWS,
                "-c",
                Shell.ROOT.toString(),
                "exec env 'PS1=$ ' bash --norc --noprofile");
        tmux("set-option", "-t", window, "status", "off");
    }

    /** Types a line as it stands, and Enter. */
    void line(String window, String line) throws IOException {
        tmux("send-keys", "-t", window, "-l", line);
        key(window, "Enter");
    }

    /** Presses a key by the name tmux has for it: {@code C-c}. */
    void key(String window, String key) throws IOException {
        tmux("send-keys", "-t", window, key);
    }

    /** What stands in the window and above it, without the blanks at the ends of lines. */
    List<String> shown(String window) throws IOException {
        return lines(tmux("capture-pane", "-p", "-J", "-S", "-", "-t", window));
    }

    /** What stands in the window alone. */
    List<String> screen(String window) throws IOException {
        return lines(tmux("capture-pane", "-p", "-t", window));
    }

    private static List<String> lines(String text) {
        return text.stripTrailing().lines().map(String::stripTrailing).toList();
    }

    private String tmux(String... words) throws IOException {
        var command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S"));
        command.add(directory.resolve("tmux").toString());
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        tmux("kill-server");
    }
}
