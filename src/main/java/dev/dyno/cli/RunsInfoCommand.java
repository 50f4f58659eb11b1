package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.EndedRun;
import dev.dyno.dyno.Runs;
import dev.dyno.formation.Answer;
import dev.dyno.text.Ages;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno runs:info DYNO}: a one-off that runs, or one of the last hundred that have ended. */
final class RunsInfoCommand implements Command {
    private static final int USAGE = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Command.named(
                        "runs:info",
                        "show a one-off dyno, also when it has ended",
                        "  $ dyno runs:info run.7364",
                        "  $ dyno runs:info run.7364 --json");
        return Command.withApp(spec)
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"))
                .addPositional(Command.words("DYNO", "its name"));
    }

    @Override
    public int run(ParseResult options, World world) {
        boolean noColor = options.hasMatchedOption("--no-color");
        Messages messages = world.messages(noColor);
        List<String> words = Command.words(options);
        if (words.size() != 1) {
            messages.error("Please name a one-off dyno: " + CalledAs.NAME + " runs:info run.7364");
            messages.line("See more help with --help");
            return USAGE;
        }
        DynoName name = DynoName.parse(words.getFirst());
        App app = world.apps().find(options.matchedOptionValue("--app", ""));
        world.sweep(messages);
        Optional<DynoRecord> alive =
                Visit.dynos(world, app).find(name).filter(dyno -> !dyno.formation());
        Optional<EndedRun> ended = new Runs(world.home(), app).find(name);
        if (alive.isEmpty() && ended.isEmpty()) {
            messages.refused(Answer.unknownDyno());
            return USAGE;
        }
        Shown shown = alive.map(Shown::of).orElseGet(() -> Shown.of(ended.orElseThrow()));
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(shown.fields()));
        } else {
            shown.print(world, world.palette(noColor));
        }
        return 0;
    }

    /**
     * What is shown of it.
     *
     * @param endedAt null while it is alive, as is the status
     */
    private record Shown(
            String id,
            DynoName name,
            String command,
            int release,
            String size,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer status) {
        static Shown of(DynoRecord dyno) {
            return new Shown(
                    dyno.id(),
                    dyno.name(),
                    dyno.command(),
                    dyno.release(),
                    dyno.size(),
                    dyno.state(),
                    dyno.updatedAt(),
                    null,
                    null);
        }

        static Shown of(EndedRun run) {
            return new Shown(
                    run.id(),
                    run.name(),
                    run.command(),
                    run.release(),
                    run.size(),
                    "complete",
                    run.startedAt(),
                    run.endedAt(),
                    run.status());
        }

        Map<String, @Nullable Object> fields() {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("id", id);
            fields.put("name", name.toString());
            fields.put("command", command);
            fields.put("release", release == 0 ? null : Map.of("version", release));
            fields.put("size", size);
            fields.put("state", state);
            fields.put("started_at", DynoJson.time(startedAt));
            fields.put("ended_at", endedAt == null ? null : DynoJson.time(endedAt));
            fields.put("status", status);
            return fields;
        }

        void print(World world, Palette palette) {
            var lines = new LinkedHashMap<String, String>();
            lines.put("Command", Printable.escape(command));
            if (release != 0) {
                lines.put("Release", "v" + release);
            }
            lines.put("Size", palette.info(Printable.escape(size)));
            lines.put(
                    "State",
                    state.equals("starting") ? palette.warning(state) : palette.success(state));
            lines.put("Started At", time(startedAt, world));
            if (endedAt != null) {
                lines.put("Ended At", time(endedAt, world));
            }
            if (status != null) {
                lines.put(
                        "Status",
                        status == 0 ? palette.success("0") : palette.failure(status.toString()));
            }
            int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
            world.out().print(palette.label("=== ") + palette.label(name.toString()) + "\n\n");
            lines.forEach((key, value) -> {
                String padding = " ".repeat(width - key.length() - 1);
                world.out().print(palette.label(key + ":") + padding + value + "\n");
            });
        }

        private static String time(Instant time, World world) {
            return Ages.since(time, world.clock().instant(), ZoneId.systemDefault());
        }
    }
}
