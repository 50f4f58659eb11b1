package dev.dyno.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The pages for {@code man}, made from the same descriptions as {@code --help}. */
final class Manual {
    private final String version;
    private final String date;

    /**
     * @param date as it stands at the foot of a page: {@code 2026-11-23}
     */
    Manual(String version, String date) {
        this.version = version;
        this.date = date;
    }

    /** What {@code man} knows a command as: {@code dyno-ps-scale}. */
    static String title(String command) {
        return "dyno-" + command.replace(':', '-');
    }

    /** The page of dyno itself: what commands there are. */
    String contents() {
        var page = new StringBuilder();
        head(page, "dyno", "Heroku's dynos on your own machine, offline");
        page.append(".SH SYNOPSIS\n.B dyno\n.I COMMAND\n");
        page.append(".SH DESCRIPTION\n");
        text(
                page,
                "A dyno is a process in a fresh, private copy of an app, with the app's config.");
        text(page, "Each command has a page of its own: man dyno-run.");
        page.append(".SH COMMANDS\n");
        for (String command : Commands.NAMES) {
            page.append(".TP\n.B ").append(escape(command)).append('\n');
            text(page, header(spec(command)));
        }
        page.append(".SH SEE ALSO\n");
        for (int i = 0; i < Commands.NAMES.size(); i++) {
            boolean last = i + 1 == Commands.NAMES.size();
            page.append(".BR ").append(escape(title(Commands.NAMES.get(i))));
            page.append(last ? " (1)\n" : " (1),\n");
        }
        return page.toString();
    }

    String page(String command) {
        CommandSpec spec = spec(command);
        var page = new StringBuilder();
        head(page, title(command), header(spec));
        page.append(".SH SYNOPSIS\n");
        text(page, new CommandLine(spec).getHelp().synopsis(0).strip());
        String notes = notes(spec);
        if (!notes.isEmpty()) {
            page.append(".SH DESCRIPTION\n");
            text(page, notes);
        }
        if (!spec.positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec words : spec.positionalParameters()) {
                page.append(".TP\n.I ").append(escape(words.paramLabel())).append('\n');
                text(page, String.join(" ", words.description()));
            }
        }
        page.append(".SH FLAGS\n");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                page.append(".TP\n").append(flag(option)).append('\n');
                text(page, String.join(" ", option.description()));
            }
        }
        page.append(".SH EXAMPLES\n.nf\n");
        for (String line : spec.usageMessage().footer()) {
            page.append(protect(escape(line.stripLeading()))).append('\n');
        }
        return page.append(".fi\n.SH SEE ALSO\n.BR dyno (1)\n").toString();
    }

    private void head(StringBuilder page, String title, String meaning) {
        page.append(".TH ").append(escape(title.toUpperCase(Locale.ROOT))).append(" 1 \"");
        page.append(date).append("\" \"dyno ").append(escape(version)).append("\" dyno\n");
        page.append(".SH NAME\n").append(escape(title)).append(" \\- ");
        page.append(escape(meaning)).append('\n');
    }

    /** What a help says between the flags and the examples. */
    private static String notes(CommandSpec spec) {
        String heading = spec.usageMessage().footerHeading().replace("%n", "\n");
        return heading.substring(0, Math.max(0, heading.indexOf("EXAMPLES"))).strip();
    }

    private static String flag(OptionSpec option) {
        var names = new StringBuilder();
        for (String name : option.names()) {
            names.append(names.isEmpty() ? "" : ", ").append("\\fB").append(escape(name));
            names.append("\\fR");
        }
        if (option.arity().max() > 0) {
            String label = option.paramLabel().replaceAll("^<|>$", "");
            names.append(" \\fI").append(escape(label)).append("\\fR");
        }
        return names.toString();
    }

    private static String header(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().header());
    }

    private static CommandSpec spec(String command) {
        return Objects.requireNonNull(Commands.named(command)).spec();
    }

    private static void text(StringBuilder page, String text) {
        for (String line : List.of(text.split("\n"))) {
            page.append(protect(escape(line.strip()))).append('\n');
        }
    }

    /** A line that begins like a request is none. */
    private static String protect(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String escape(String text) {
        var escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c == '\\') {
                        escaped.append("\\e");
                    } else if (c == '-') {
                        escaped.append("\\-");
                    } else if (c == '\'') {
                        escaped.append("\\(aq");
                    } else if (c == '~' || c == '^' || c == '`') {
                        escaped.append(c == '~' ? "\\(ti" : c == '^' ? "\\(ha" : "\\(ga");
                    } else if (c > '~') {
                        escaped.append(String.format(Locale.ROOT, "\\[u%04X]", c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }
}
