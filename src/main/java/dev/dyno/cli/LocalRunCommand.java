package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.Procfile;
import dev.dyno.dyno.CommandLine;
import dev.dyno.formation.Ports;
import dev.dyno.process.Exec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code dyno local:run CMD…}: a program in the working directory with the env file's variables, as
 * it would run without dyno; no dyno at all (heroku.md 6.4).
 */
final class LocalRunCommand implements ProgramCommand {
    private static final int NO_COMMAND = 255;
    private static final List<String> BASH =
            List.of("/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/opt/homebrew/bin/bash");

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "local:run",
                        "run a program here, with the variables of .env",
                        "  $ dyno local:run bin/migrate",
                        "  $ dyno local:run -e .env,.env.test npm test",
                        "  $ dyno local:run 'echo $DATABASE_URL'");
        spec.usageMessage().customSynopsis("dyno local:run [FLAGS] COMMAND…");
        return spec.addOption(EnvFiles.option())
                .addOption(Command.value("PORT", "set PORT to this", "-p", "--port"))
                .addPositional(
                        Command.words(
                                "COMMAND",
                                "one word: a shell line; several: taken as they stand, or a"
                                        + " process type and its arguments"));
    }

    @Override
    public List<String> arrange(CommandSpec spec, List<String> words) {
        return RunArguments.arrangeBefore(spec, words);
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(false);
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            messages.error("Usage: " + CalledAs.NAME + " local:run [COMMAND]");
            messages.line("Must specify command to run");
            return NO_COMMAND;
        }
        Path here = world.workingDirectory();
        Procfile procfile = messages.understood(Procfile.read(here));
        String line = CommandLine.literal(words, procfile).run();
        Map<String, String> variables =
                new LinkedHashMap<>(
                        EnvFiles.read(options, here, messages::warning, messages.err()::println)
                                .vars()
                                .values());
        String port = options.matchedOptionValue("--port", "");
        if (!port.isEmpty()) {
            variables.put("PORT", Integer.toString(Ports.base(port, Map.of(), "", Map.of())));
        }
        world.out().flush();
        world.err().flush();
        String shell =
                BASH.stream().filter(LocalRunCommand::isProgram).findFirst().orElse("/bin/sh");
        Exec.Failure failure = Exec.become(List.of(shell, "-c", "--", line), variables);
        messages.error(failure.message());
        return failure.status();
    }

    private static boolean isProgram(String path) {
        return Files.isExecutable(Path.of(path));
    }
}
