package dev.dyno.cli;

import dev.dyno.CalledAs;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno help [COMMAND]}. */
final class HelpCommand implements Command {
    private static final int WIDTH =
            Commands.NAMES.stream().mapToInt(String::length).max().orElse(0) + 2;

    @Override
    public CommandSpec spec() {
        return Command.named(
                        "help",
                        "list the commands, or explain one",
                        "  $ dyno help",
                        "  $ dyno help run")
                .addPositional(Command.words("COMMAND", "the command to explain"));
    }

    @Override
    public int run(ParseResult options, World world) {
        List<String> words = Command.words(options);
        if (!words.isEmpty()) {
            Command command = Commands.named(String.join(":", words));
            command = command == null ? Commands.named(words.getFirst()) : command;
            if (command == null) {
                return Main.run(words, world);
            }
            world.out().print(Usage.of(command.spec()));
            return 0;
        }
        world.out()
                .print(
                        "Heroku's dynos on your own machine, offline\n\nUSAGE\n  $ "
                                + CalledAs.NAME
                                + " COMMAND\n\nCOMMANDS\n");
        for (String name : Commands.NAMES) {
            Command command = Commands.named(name);
            if (command != null) {
                String text = String.join(" ", command.spec().usageMessage().header());
                world.out().print("  " + name + " ".repeat(WIDTH - name.length()) + text + "\n");
            }
        }
        world.out().print("\nRun " + CalledAs.NAME + " help COMMAND for its flags and examples.\n");
        return 0;
    }
}
