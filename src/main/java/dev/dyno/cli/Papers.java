package dev.dyno.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes what an installation has beside the program: the pages for {@code man}, and the completion
 * scripts where shells look for them.
 *
 * <p>{@code Papers DIRECTORY DATE NAME…}, a name being a command word that completion is wanted for
 */
final class Papers {
    private Papers() {}

    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        String version = Main.class.getPackage().getImplementationVersion();
        var manual = new Manual(Optional.ofNullable(version).orElse("unpacked"), arguments[1]);
        write(share.resolve("man/man1/dyno.1"), manual.contents());
        for (String command : Commands.NAMES) {
            write(share.resolve("man/man1/" + Manual.title(command) + ".1"), manual.page(command));
        }
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            for (Completion.Shell shell : Completion.Shell.values()) {
                write(share.resolve(place(shell, name)), Completion.script(shell, name));
            }
        }
    }

    private static String place(Completion.Shell shell, String name) {
        return switch (shell) {
            case BASH -> "bash-completion/completions/" + name;
            case ZSH -> "zsh/site-functions/_" + name;
            case FISH -> "fish/vendor_completions.d/" + name + ".fish";
        };
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
