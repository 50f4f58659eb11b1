package dev.dyno.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * A small program of the system that dyno asks for something (ps, rm): a clean environment, a time
 * limit, its output as text. Never on the way of {@code dyno run} while all is well.
 */
public final class HelperProgram {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL", "C");

    private static final String SETSID = "/usr/bin/setsid";
    private static final File NULL = new File("/dev/null");

    private static final Set<ProcessHandle> LEFT = ConcurrentHashMap.newKeySet();

    private HelperProgram() {}

    /** What it printed on stdout; {@code status} is -1 where it could not be started. */
    public record Result(int status, String output) {
        public boolean succeeded() {
            return status == 0;
        }
    }

    public static Result run(String program, String... arguments) {
        var command = new CommandLine(program);
        for (String argument : arguments) {
            command.addArgument(argument, false);
        }
        var output = new ByteArrayOutputStream();
        DefaultExecutor executor = DefaultExecutor.builder().get();
        executor.setExitValues(null); // every status is an answer, none an exception
        executor.setStreamHandler(
                new PumpStreamHandler(output, java.io.OutputStream.nullOutputStream()));
        executor.setWatchdog(ExecuteWatchdog.builder().setTimeout(LIMIT).get());
        int status;
        try {
            status = executor.execute(command, ENVIRONMENT);
        } catch (IOException e) {
            status = -1;
        }
        return new Result(status, output.toString(StandardCharsets.UTF_8));
    }

    /**
     * Starts a program that goes on by itself, in a session of its own, whatever becomes of dyno.
     *
     * @return false where it could not be started
     */
    public static boolean leave(String... command) {
        var detached = new ArrayList<String>();
        if (Files.isExecutable(Path.of(SETSID))) {
            detached.add(SETSID);
        }
        detached.addAll(List.of(command));
        var builder = new ProcessBuilder(detached);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.directory(new File("/"));
        builder.redirectInput(Redirect.from(NULL));
        builder.redirectOutput(Redirect.to(NULL));
        builder.redirectError(Redirect.to(NULL));
        try {
            LEFT.removeIf(left -> !left.isAlive());
            LEFT.add(builder.start().toHandle());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it was left to go on by itself by {@link #leave}, or works for one that was. */
    public static boolean isLeft(ProcessHandle process) {
        return LEFT.contains(process) || process.parent().map(HelperProgram::isLeft).orElse(false);
    }
}
