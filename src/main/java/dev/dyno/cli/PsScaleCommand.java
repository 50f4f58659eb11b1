package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.formation.Formation;
import dev.dyno.formation.Request;
import dev.dyno.formation.ScaleChange;
import dev.dyno.text.Palette;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno ps:scale [TYPE=N[:SIZE]…]}: the formation shown, or changed (heroku.md 2.4). */
final class PsScaleCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "ps:scale",
                        "scale dyno quantity up or down",
                        "  $ dyno ps:scale web=3:Standard-2X worker+1",
                        "  Scaling dynos... done, now running web at 3:Standard-2X, worker at 1:Basic",
                        "",
                        "  $ dyno ps:scale",
                        "  web=3:Standard-2X worker=1:Basic");
        spec.usageMessage()
                .footerHeading(
                        "%nWhere dyno local runs, it starts or ends dynos at once; else what is said"
                                + " holds from its next start on.%n%nEXAMPLES%n");
        return Command.withApp(spec)
                .addOption(Command.flag("show the formation in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(
                        Command.words(
                                "TYPE=N[:SIZE]",
                                "web=2, web+1, web-1, web=2:standard-2x; without any the formation"
                                        + " is shown"));
    }

    @Override
    public int run(ParseResult options, World world) {
        Messages messages = world.messages(options.hasMatchedOption("--no-color"));
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        var scaling = new Scaling(world, messages, app);
        List<String> words = Command.words(options).stream().filter(ScaleChange::isOne).toList();
        if (words.isEmpty()) {
            Optional<Formation> formation = scaling.formation();
            boolean json = options.hasMatchedOption("--json");
            formation.ifPresent(found ->
                    world.out()
                            .println(
                                    json ? Json.of(FormationJson.list(app, found)) : shown(found)));
            return formation.isPresent() ? 0 : 1;
        }
        Palette palette = messages.palette();
        boolean done =
                scaling.change(
                                "Scaling dynos",
                                () ->
                                        new Request.Scale(
                                                words.stream().map(ScaleChange::parse).toList()),
                                named -> "done, now running " + running(named, palette))
                        .isPresent();
        return done ? 0 : Scaling.REFUSED;
    }

    /** {@code web=2:Standard-1X worker=1:Basic}, which ps:scale takes back. */
    private static String shown(Formation formation) {
        return formation.entries().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String running(Map<String, Formation.Entry> entries, Palette palette) {
        return entries.entrySet().stream()
                .map(each -> palette.green(each.getKey()) + " at " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
