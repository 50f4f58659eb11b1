package dev.dyno.sandbox;

import dev.dyno.process.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Into a plain dyno: its directory and its environment are all it has. */
final class PlainEntry implements Entry {
    /** What a program of this entry has started is found by it, and ended with the program. */
    private static final String MARK = "DYNO_INSIDE";

    private final Path directory;
    private final Path app;
    private final FirstProcess first;
    private final Path mark;

    PlainEntry(Path directory, FirstProcess first) {
        this.directory = directory;
        this.app = directory.resolve("app");
        this.first = first;
        this.mark = directory.resolve("inside-" + ProcessHandle.current().pid());
    }

    @Override
    public Invocation line(String line, Map<String, String> terminal) throws IOException {
        var environment = new LinkedHashMap<String, String>();
        for (String variable : Words.read(directory.resolve(PlainSandbox.ENVIRONMENT))) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        TerminalVariables.replace(environment, terminal);
        return program(
                Shell.command(environment.getOrDefault("PATH", ""), List.of(), line), environment);
    }

    @Override
    public Invocation program(List<String> argv, Map<String, String> environment) {
        var command = new ArrayList<String>();
        String setpriv = Programs.find("setpriv", "");
        if (setpriv != null) {
            command.addAll(List.of(setpriv, "--pdeathsig", "KILL"));
        }
        command.addAll(argv);
        var variables = new LinkedHashMap<>(environment);
        variables.put(MARK, mark + "/");
        return new Invocation(command, variables, app);
    }

    @Override
    public String bounds() {
        return directory.toString();
    }

    @Override
    public OptionalLong member() {
        ProcessHandle process = first.process();
        return process == null ? OptionalLong.empty() : OptionalLong.of(process.pid());
    }

    @Override
    public Path mark() {
        return mark;
    }

    @Override
    public void close() {}
}
