package dev.dyno.it;

import dev.dyno.process.Invocation;
import dev.dyno.terminal.TestPty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user at a terminal: a shell in a pseudo-terminal, where dyno is a job like any other. What is
 * awaited is looked for behind what was awaited before, colours and the like taken away.
 */
final class ScriptedTerminal implements AutoCloseable {
    static final String PROMPT = "host$ ";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|\\][^\u0007]*\u0007|[=>])");

    /** A sequence whose end is still to come. */
    private static final Pattern BEGUN = Pattern.compile("\u001b(\\[[0-9;?]*|\\][^\u0007]*)?$");

    private static final int SHOWN = 4000;

    private final TestPty pty;
    private final StringBuilder raw = new StringBuilder();
    private final StringBuilder pending = new StringBuilder();
    private String unfinished = "";

    ScriptedTerminal(Dyno dyno, int rows, int columns) throws IOException {
        var environment = new LinkedHashMap<String, String>(dyno.environment());
        environment.put("PS1", PROMPT);
        environment.put("HISTFILE", "/dev/null");
        environment.put("DYNO", Dyno.launcher());
        pty =
                new TestPty(
                        new Invocation(
                                List.of(
                                        "/usr/bin/env",
                                        Dyno.SIGNALS,
                                        "/bin/bash",
                                        "--norc",
                                        "--noprofile",
                                        "--noediting"),
                                environment,
                                dyno.app()),
                        rows,
                        columns);
        awaitText(PROMPT);
    }

    /** Types it as it stands; what the terminal shows meanwhile is kept. */
    void type(String keys) throws IOException {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int typed = 0;
        while (typed < bytes.length) {
            typed += pty.write(bytes, typed);
            if (typed < bytes.length) {
                collect(10);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("typed only " + typed + " of " + bytes.length);
                }
            }
        }
    }

    void line(String line) throws IOException {
        type(line + "\r");
    }

    /** Reads on until the text has come; returns what came before it. */
    String awaitText(String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int from = 0;
        while (true) {
            int at = pending.indexOf(text, from);
            if (at >= 0) {
                String before = pending.substring(0, at);
                pending.delete(0, at + text.length());
                return before;
            }
            from = Math.max(0, pending.length() - text.length());
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "'" + text + "' did not come; the screen has:\n" + screen());
            }
            collect(200);
        }
    }

    /** Runs a command in the outer shell and returns what it prints. */
    String shell(String command) throws IOException {
        line(command + "; echo \"<\"over\">\"");
        awaitText("\r\n");
        String output = awaitText("<over>");
        awaitText(PROMPT);
        return output;
    }

    void resize(int rows, int columns) {
        pty.resize(rows, columns);
    }

    private void collect(int milliseconds) throws IOException {
        byte[] bytes = pty.read(milliseconds);
        if (bytes.length > 0) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            raw.append(text);
            String plain = SEQUENCE.matcher(unfinished + text).replaceAll("");
            Matcher begun = BEGUN.matcher(plain);
            int end = begun.find() ? begun.start() : plain.length();
            unfinished = plain.substring(end);
            pending.append(plain, 0, end);
        }
    }

    /** All it has shown, with colours and the like. */
    String shown() {
        return raw.toString();
    }

    private String screen() {
        return raw.length() <= SHOWN ? raw.toString() : raw.substring(raw.length() - SHOWN);
    }

    @Override
    public void close() {
        pty.close();
    }

    /** What it has shown, whose bytes are a character each, as text. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
