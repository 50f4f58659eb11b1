package dev.dyno.sandbox;

import dev.dyno.UserError;
import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox every machine can have: a private directory as home and a clean environment. The
 * command is run by bash as Heroku runs it, {@code bash -c COMMAND} after the app's profile scripts
 * in the same shell (heroku.md 4.1), but no login file of the host is read: bash finds our own
 * script by {@code BASH_ENV} instead.
 */
public final class PlainSandbox {
    private static final String PROFILE = "profile";
    private static final String BASHRC = "bashrc";
    private static final int LONGEST = 131_000;
    private static final String PROMPT =
            "\\[\\033[01;34m\\]\\w\\[\\033[00m\\] \\[\\033[01;32m\\]$ \\[\\033[00m\\]";

    private final Path directory;
    private final Path app;

    /**
     * @param directory the dyno's own
     * @param app the app's copy in it
     */
    public PlainSandbox(Path directory, Path app) {
        this.directory = directory;
        this.app = app;
    }

    /**
     * How to start a shell line in here.
     *
     * @param environment the dyno's whole environment
     * @throws UserError where the machine has no bash or the line is longer than the kernel takes
     */
    public Invocation invocation(String line, Map<String, String> environment) throws IOException {
        if (line.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new UserError(
                    "Argument list too long: the command has more than " + LONGEST + " bytes",
                    "Put it into a script of the app and run that.");
        }
        write(PROFILE, profile(environment.get("BASH_ENV")));
        write(BASHRC, bashrc());
        var variables = new LinkedHashMap<>(environment);
        // Relative to the app, since bash expands what it finds here.
        variables.put("BASH_ENV", "../" + PROFILE);
        String bash = bash(environment.getOrDefault("PATH", ""));
        boolean option = line.startsWith("-") || line.startsWith("+");
        return new Invocation(
                option ? List.of(bash, "-c", "--", line) : List.of(bash, "-c", line),
                variables,
                app);
    }

    /** What Heroku's login shell does before the command, and nothing of the host's. */
    private String profile(@Nullable String ownBashEnv) {
        String home = quote(app.toString());
        return "unset BASH_ENV\n"
                + (ownBashEnv == null ? "" : "export BASH_ENV=" + quote(ownBashEnv) + "\n")
                + "BASH_ARGV0=bash\n"
                + "export PS1="
                + quote(PROMPT)
                + "\n"
                + "for __profile in "
                + home
                + "/.profile.d/*.sh "
                + home
                + "/.profile; do\n"
                + "  if [ -f \"$__profile\" ] && [ -r \"$__profile\" ]; then . \"$__profile\"; fi\n"
                + "done\n"
                + "unset __profile\n"
                + "unalias -a\n"
                + "shopt -s expand_aliases\n"
                + bashAlias();
    }

    /**
     * For an interactive bash in the dyno: the app's own .bashrc, but not /etc/bash.bashrc, which
     * bash reads even when given another rc file; so it comes in by the first prompt.
     */
    private String bashrc() {
        return "unset PROMPT_COMMAND\n"
                // A program would ask these for the size instead of the terminal, and never resize.
                + "export -n COLUMNS LINES\n"
                + "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi\n"
                + bashAlias();
    }

    private String bashAlias() {
        String bashrc = quote(". " + quote(directory.resolve(BASHRC).toString()));
        return "alias bash="
                + quote("PROMPT_COMMAND=" + bashrc + " bash --noprofile --norc")
                + "\n";
    }

    private void write(String file, String script) throws IOException {
        Files.writeString(directory.resolve(file), script);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String bash(String path) {
        String places = "/bin:/usr/bin:/usr/local/bin:" + path;
        for (String place : places.split(":", -1)) {
            if (place.startsWith("/") && Files.isExecutable(Path.of(place, "bash"))) {
                return place + "/bash";
            }
        }
        throw new UserError("there is no bash on this machine", "Install bash: dynos run by it.");
    }
}
