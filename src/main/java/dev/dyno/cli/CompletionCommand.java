package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code dyno completion SHELL}, Heroku's {@code autocomplete}: the script, for a shell to read.
 */
final class CompletionCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Command.named(
                        "completion",
                        "print the script that completes command lines in a shell",
                        "  $ dyno completion",
                        "  $ eval \"$(dyno completion bash)\"")
                .addPositional(
                        Command.words("SHELL", "bash, zsh or fish; without it: how to set it up"));
    }

    @Override
    public int run(ParseResult options, World world) {
        List<String> words = Command.words(options);
        if (words.isEmpty()) {
            world.out().print(setup());
            return 0;
        }
        String wanted = words.getFirst();
        for (Completion.Shell shell : Completion.Shell.values()) {
            if (shell.label().equals(wanted)) {
                world.out().print(Completion.script(shell, CalledAs.NAME));
                return 0;
            }
        }
        throw new UserError(
                "no completion for '" + Printable.escape(wanted) + "'",
                "There is one for bash, zsh and fish: " + CalledAs.NAME + " completion bash.");
    }

    private static String setup() {
        String me = CalledAs.NAME;
        return "Add a line to your shell's settings, and open a new shell:\n\n"
                + "  bash  ~/.bashrc                   eval \"$("
                + me
                + " completion bash)\"\n"
                + "  zsh   ~/.zshrc, behind compinit   eval \"$("
                + me
                + " completion zsh)\"\n"
                + "  fish  ~/.config/fish/config.fish  "
                + me
                + " completion fish | source\n";
    }
}
