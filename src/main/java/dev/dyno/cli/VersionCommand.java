package dev.dyno.cli;

import dev.dyno.text.Printable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno --version}. */
final class VersionCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Command.named("version", "show dyno's version", "  $ dyno --version");
    }

    @Override
    public int run(ParseResult options, World world) {
        String version = Main.class.getPackage().getImplementationVersion();
        world.out()
                .println(
                        "dyno/"
                                + (version == null ? "unpacked" : version)
                                + " "
                                + System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT)
                                + "-"
                                + System.getProperty("os.arch")
                                + " java-"
                                + System.getProperty("java.version")
                                + from());
        return 0;
    }

    /** Where it lies: a checkout's target/dyno, or an installation. */
    private static String from() {
        String natives = System.getProperty("dyno.natives", "");
        int slash = natives.lastIndexOf('/');
        return slash < 0 ? "" : " from " + Printable.escape(natives.substring(0, slash));
    }
}
