package dev.dyno.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** One of dyno's commands. Only the one that is called is made (jvm.md 7). */
interface Command {
    /** Its options and its help; made anew at each call. */
    CommandSpec spec();

    /** Returns the exit status. */
    int run(ParseResult options, World world) throws Exception;

    /** The words as the command's parser is to see them; {@code run} sets its flags apart. */
    default List<String> arrange(CommandSpec spec, List<String> words) {
        return words;
    }

    /**
     * The status for a {@link dev.dyno.UserError}: 1, but {@code run}'s statuses are the program's.
     */
    default int statusOfUserError() {
        return 1;
    }

    /**
     * Whether this status says that the command itself could not do it, not a program it ran: then
     * a colon may have been forgotten.
     */
    default boolean isOwnFailure(int status) {
        return status == 1 || status == 2;
    }

    static CommandSpec named(String name, String description, String... example) {
        CommandSpec spec = CommandSpec.create().name("dyno " + name);
        spec.usageMessage()
                .header(description)
                .synopsisHeading("%nUSAGE%n  $ ")
                .parameterListHeading("%nARGUMENTS%n")
                .optionListHeading("%nFLAGS%n")
                .footerHeading("%nEXAMPLES%n")
                .footer(example)
                .sortOptions(false)
                .abbreviateSynopsis(true);
        return spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("show this help")
                        .build());
    }

    static CommandSpec withApp(CommandSpec spec) {
        return spec.addOption(
                value(
                        "APP",
                        "the app's directory, or the name of an app used before (default:"
                                + " $DYNO_APP, $HEROKU_APP, the working directory)",
                        "-a",
                        "--app"));
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).description(description).arity("0").build();
    }

    static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel("<" + label + ">")
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** Accepted as Heroku's: here an app has no remotes. */
    static OptionSpec remote() {
        return OptionSpec.builder("-r", "--remote")
                .type(String.class)
                .arity("1")
                .hidden(true)
                .build();
    }

    static PositionalParamSpec words(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description(description)
                .build();
    }

    static List<String> words(ParseResult options) {
        return options.hasMatchedPositional(0)
                ? options.matchedPositionalValue(0, List.<String>of())
                : List.of();
    }
}
