package dev.dyno.sandbox;

import dev.dyno.process.Invocation;
import java.io.IOException;
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
public final class PlainSandbox implements Sandbox {
    /** The command's environment, for those that join it. */
    static final String ENVIRONMENT = "environment";

    private static final String PROFILE = "profile";
    private static final String BASHRC = "bashrc";

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

    @Override
    public String home() {
        return app.toString();
    }

    @Override
    public String temporary() {
        return directory.resolve("tmp").toString();
    }

    @Override
    public Invocation invocation(String line, Map<String, String> environment) throws IOException {
        List<String> argv = Shell.command(environment.getOrDefault("PATH", ""), List.of(), line);
        write(PROFILE, profile(environment.get("BASH_ENV")));
        write(BASHRC, bashrc());
        var variables = new LinkedHashMap<>(environment);
        // Relative to the app, since bash expands what it finds here.
        variables.put("BASH_ENV", "../" + PROFILE);
        var words = new Words();
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.write(directory.resolve(ENVIRONMENT));
        return new Invocation(argv, variables, app);
    }

    /** What Heroku's login shell does before the command, and nothing of the host's. */
    private String profile(@Nullable String ownBashEnv) {
        String home = Shell.quote(app.toString());
        return "unset BASH_ENV\n"
                + (ownBashEnv == null ? "" : "export BASH_ENV=" + Shell.quote(ownBashEnv) + "\n")
                + "BASH_ARGV0=bash\numask 022\n"
                + "export PS1="
                + Shell.quote(Shell.PROMPT)
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
        String bashrc = Shell.quote(". " + Shell.quote(directory.resolve(BASHRC).toString()));
        return "alias bash="
                + Shell.quote("PROMPT_COMMAND=" + bashrc + " bash --noprofile --norc")
                + "\n";
    }

    private void write(String file, String script) throws IOException {
        Files.writeString(directory.resolve(file), script);
    }
}
