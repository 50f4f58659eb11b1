package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.ConfigVars;
import dev.dyno.change.Changes;
import dev.dyno.change.Kind;
import dev.dyno.dyno.DynoRecord;
import dev.dyno.dyno.Run;
import dev.dyno.dyno.Runs;
import dev.dyno.release.Release;
import dev.dyno.text.Ages;
import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a one-off by {@code dyno runs} and its like.
 *
 * @param state {@code starting}, {@code up} or {@code complete}
 * @param config its release's config vars and its own over them
 * @param changes null where nobody asked for them, or they are not known
 * @param recorded whether its terminal session can be replayed
 * @param kept whether its sandbox can be opened again
 */
record RunFacts(
        Run run,
        String state,
        ConfigVars config,
        @Nullable Changes changes,
        boolean recorded,
        boolean kept) {
    private static final String MASK = "********";
    private static final long KILOBYTE = 1024;
    private static final int SIGNALS = 128;

    static RunFacts of(DynoRecord dyno) {
        return new RunFacts(Run.of(dyno), dyno.state(), ConfigVars.NONE, null, false, false);
    }

    static RunFacts of(Run run, App app, World world) {
        var runs = new Runs(world.home(), app);
        return new RunFacts(
                run,
                "complete",
                release(run, runs, app, world)
                        .map(Release::config)
                        .orElse(ConfigVars.NONE)
                        .with(run.own()),
                null,
                Files.exists(
                        runs.directory(run.name()).resolve(Runs.RECORDING),
                        LinkOption.NOFOLLOW_LINKS),
                runs.hasSandbox(run.name()));
    }

    /** These, and what it has changed of its files, where that is still known. */
    RunFacts withChanges(App app, World world) {
        try {
            Changes found = new Trace(world, app).of(run.name());
            return new RunFacts(run, state, config, found, recorded, kept);
        } catch (UserError e) {
            return this;
        }
    }

    /** The release it was of, if that is still kept. */
    static Optional<Release> release(Run run, Runs runs, App app, World world) {
        return runs.imported(run.name())
                .or(() -> world.releases(app).find(run.source().release()))
                .filter(release -> release.id().equals(run.source().releaseId()));
    }

    /**
     * Under the field names of Heroku's Platform API, where that has them.
     *
     * @param reveal whether to tell the values of config vars
     */
    Map<String, @Nullable Object> json(boolean reveal) {
        Run.Setting setting = run.setting();
        Run.End end = run.end();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", run.id());
        fields.put("name", run.name().toString());
        fields.put("type", run.name().type().name());
        fields.put("command", run.command().run());
        fields.put("command_typed", run.command().typed());
        fields.put("release", released());
        fields.put(
                "slug", run.source().slug().isEmpty() ? null : Map.of("id", run.source().slug()));
        fields.put("size", run.size());
        fields.put("limited", run.limited());
        fields.put("isolation", setting == null ? null : setting.isolation());
        fields.put("columns", setting == null || !setting.hasTerminal() ? null : setting.columns());
        fields.put("lines", setting == null || !setting.hasTerminal() ? null : setting.rows());
        fields.put("user", run.user().isEmpty() ? null : Map.of("email", run.user()));
        fields.put("state", state);
        fields.put("started_at", ReleaseJson.time(run.startedAt()));
        fields.put("ended_at", end == null ? null : ReleaseJson.time(end.at()));
        fields.put("status", end == null ? null : end.status());
        fields.put("signal", end == null ? null : signal(end.status()));
        fields.put("peak_memory", end == null || end.peakMemory() == 0 ? null : end.peakMemory());
        fields.put("changes", counts());
        fields.put("config_vars", shown(reveal));
        fields.put("recorded", recorded);
        fields.put("kept", kept);
        return fields;
    }

    private @Nullable Map<String, Integer> counts() {
        if (changes == null) {
            return null;
        }
        var counts = new LinkedHashMap<String, Integer>();
        for (Kind kind : Kind.values()) {
            counts.put(kind.label(), 0);
        }
        changes.all().forEach(each -> counts.merge(each.kind().label(), 1, Integer::sum));
        return counts;
    }

    /** {@code 2 added, 1 deleted}. */
    private String changed() {
        Map<String, Integer> counts = counts();
        if (counts == null) {
            return "";
        }
        String words =
                counts.entrySet().stream()
                        .filter(each -> each.getValue() > 0)
                        .map(each -> each.getValue() + " " + each.getKey().replace('_', ' '))
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "nothing" : words;
    }

    private @Nullable Object released() {
        Run.Source source = run.source();
        if (source.releaseId().isEmpty()) {
            return null;
        }
        var release = new LinkedHashMap<String, @Nullable Object>();
        release.put("id", source.releaseId());
        release.put("version", source.release() == 0 ? null : source.release());
        return release;
    }

    private Map<String, String> shown(boolean reveal) {
        var shown = new TreeMap<String, String>();
        config.values().forEach((name, value) -> shown.put(name, reveal ? value : MASK));
        return shown;
    }

    /** For people. */
    void print(World world, Palette palette, boolean reveal) {
        var block = new KeyValues(world, palette);
        block.header(palette.name(run.name().toString()));
        block.facts(facts(world, palette));
        if (!config.values().isEmpty()) {
            world.out().print("\n");
            block.header(palette.name(run.name().toString()) + " Config Vars");
            block.config(shown(reveal));
        }
    }

    private Map<String, String> facts(World world, Palette palette) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Command", Printable.escape(run.command().typed()));
        if (!run.command().run().equals(run.command().typed())) {
            facts.put("Run as", Printable.escape(run.command().run()));
        }
        if (run.source().release() != 0) {
            facts.put("Release", palette.name("v" + run.source().release()));
        }
        facts.put("Slug", Printable.escape(shortSlug()));
        facts.put("Size", palette.info(Printable.escape(run.size())));
        Run.Setting setting = run.setting();
        if (setting != null) {
            facts.put("Isolation", Printable.escape(setting.isolation()));
            facts.put(
                    "Terminal",
                    setting.hasTerminal() ? setting.columns() + " x " + setting.rows() : "none");
        }
        facts.put(
                "State",
                state.equals("starting") ? palette.warning(state) : palette.success(state));
        facts.put("Started At", time(run.startedAt(), world));
        Run.End end = run.end();
        if (end != null) {
            facts.put("Ended At", time(end.at(), world));
            facts.put("Duration", duration(run));
            facts.put("Status", status(end.status(), palette));
            facts.put("Peak Memory", end.peakMemory() == 0 ? "" : bytes(end.peakMemory()));
        }
        facts.put("Changed", changed());
        facts.put("Recording", recorded ? "yes" : "");
        facts.put("Sandbox", kept ? "kept" : "");
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private String shortSlug() {
        String slug = run.source().slug();
        return slug.substring(0, Math.min(8, slug.length()));
    }

    /** {@code 0}, {@code 3}, {@code 143 (signal 15)}. */
    static String status(int status, Palette palette) {
        if (status == 0) {
            return palette.success("0");
        }
        Integer signal = signal(status);
        return palette.failure(status + (signal == null ? "" : " (signal " + signal + ")"));
    }

    private static @Nullable Integer signal(int status) {
        return status > SIGNALS && status <= SIGNALS + 64 ? status - SIGNALS : null;
    }

    /** {@code 0.4s}, {@code 12s}, {@code 3m 5s}, {@code 2h 10m}. */
    static String duration(Run run) {
        Duration took = Duration.between(run.startedAt(), run.ended().at());
        if (took.compareTo(Duration.ofSeconds(10)) < 0) {
            long tenths = Math.max(0, took.toMillis()) / 100;
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        if (took.compareTo(Duration.ofMinutes(1)) < 0) {
            return took.toSeconds() + "s";
        }
        return took.compareTo(Duration.ofHours(1)) < 0
                ? took.toMinutes() + "m " + took.toSecondsPart() + "s"
                : took.toHours() + "h " + took.toMinutesPart() + "m";
    }

    /** {@code 512 B}, {@code 12 kB}, {@code 3.4 MB}, as 1024 goes. */
    static String bytes(long bytes) {
        if (bytes < KILOBYTE) {
            return bytes + " B";
        }
        long kilobytes = bytes / KILOBYTE;
        if (kilobytes < KILOBYTE) {
            return kilobytes + " kB";
        }
        long tenths = bytes * 10 / (KILOBYTE * KILOBYTE);
        return tenths / 10 + "." + tenths % 10 + " MB";
    }

    private static String time(Instant time, World world) {
        return Ages.since(time, world.clock().instant(), ZoneId.systemDefault());
    }
}
