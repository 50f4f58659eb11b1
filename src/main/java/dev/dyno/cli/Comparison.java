package dev.dyno.cli;

import dev.dyno.change.Change;
import dev.dyno.change.Changes;
import dev.dyno.dyno.DynoName;
import dev.dyno.log.LogFilter;
import dev.dyno.log.LogLine;
import dev.dyno.log.Logs;
import dev.dyno.slug.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A one-off run twice, as it was and on the app as it is now, and what differs: its status, its
 * output, what it changed of its files. What it writes goes to its log, and it reads nothing.
 */
record Comparison(Rerun rerun) {
    private static final String OUTPUT = "output";
    private static final int DIFFERENT = 1;
    private static final int MOST_LINES = 20_000;

    /** One of the two. */
    private record Twin(DynoName name, int status, List<String> output, Changes changes) {}

    /** Returns 0 where nothing differs, 1 where something does, as diff. */
    int run() throws Exception {
        Rerun.Task recorded = rerun.recorded();
        Rerun.Task current = rerun.current();
        Optional<Twin> old = twin(recorded, "as it was");
        Optional<Twin> fresh = old.isEmpty() ? old : twin(current, "on the app as it is now");
        if (old.isEmpty() || fresh.isEmpty()) {
            return Tally.INTERRUPTED;
        }
        boolean same = status(old.get(), fresh.get());
        same &= output(old.get(), fresh.get());
        same &= files(old.get(), fresh.get());
        return same ? 0 : DIFFERENT;
    }

    /** Nothing where it was ended from outside. */
    private Optional<Twin> twin(Rerun.Task task, String which) throws Exception {
        World world = rerun.world();
        var client = new DetachedClient(world, rerun.messages(), false);
        try (var oneOff = new OneOff(world, client, rerun.messages(), false, rerun.isolation())) {
            int status =
                    oneOff.run(
                            rerun.spec(task), task.origin(), rerun.run().own().with(rerun.more()));
            if (oneOff.isStopped()) {
                return Optional.empty();
            }
            DynoName name = DynoName.parse(oneOff.name());
            rerun.messages().line(name + " ran " + which + ": status " + status);
            return Optional.of(
                    new Twin(name, status, output(name), new Trace(world, rerun.app()).of(name)));
        }
    }

    private List<String> output(DynoName name) throws IOException {
        Path logs = rerun.world().dynos(rerun.app()).logs();
        return new Logs(logs)
                        .last(
                                MOST_LINES,
                                new LogFilter(
                                        Optional.of(name.toString()),
                                        Optional.empty(),
                                        Optional.of("app")))
                        .stream()
                        .map(LogLine::message)
                        .toList();
    }

    private boolean status(Twin old, Twin fresh) {
        boolean same = old.status() == fresh.status();
        say(
                "Status",
                same ? "the same, " + old.status() : old.status() + ", now " + fresh.status());
        return same;
    }

    private boolean output(Twin old, Twin fresh) throws IOException {
        if (old.output().equals(fresh.output())) {
            boolean whole = old.output().size() < MOST_LINES;
            say("Output", whole ? "the same" : "the same in its last " + MOST_LINES + " lines");
            return true;
        }
        say("Output", "differs");
        Path both = Files.createTempDirectory("dyno-compare");
        try {
            Path before = write(old, both.resolve("old"));
            Path after = write(fresh, both.resolve("new"));
            // Files of one size and one time would not be read.
            Files.setLastModifiedTime(after.resolve(OUTPUT), FileTime.fromMillis(0));
            rerun.world().out().flush();
            new ChangeList(Changes.inCopy(before, after), rerun.palette())
                    .printPatch(rerun.world().out());
        } finally {
            Removal.remove(both);
        }
        return false;
    }

    private static Path write(Twin twin, Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.write(directory.resolve(OUTPUT), twin.output());
        return directory;
    }

    private boolean files(Twin old, Twin fresh) {
        Map<String, Change> before = byPath(old.changes());
        Map<String, Change> after = byPath(fresh.changes());
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.removeIf(path -> isSame(before.get(path), after.get(path)));
        say("Files", paths.isEmpty() ? "the same changes" : "other changes");
        for (String path : paths) {
            Change one = before.get(path);
            Change two = after.get(path);
            String how =
                    one != null && two != null
                            ? "changed to something else"
                            : "changed by " + (two == null ? old.name() : fresh.name()) + " only";
            Change either = one == null ? two : one;
            rerun.world()
                    .out()
                    .println("  " + (either == null ? path : either.path().shown()) + "  " + how);
        }
        return paths.isEmpty();
    }

    private static boolean isSame(@Nullable Change one, @Nullable Change two) {
        return one != null && two != null && one.comesTo(two);
    }

    private static Map<String, Change> byPath(Changes changes) {
        return changes.all().stream()
                .collect(Collectors.toMap(change -> change.path().toString(), Function.identity()));
    }

    private void say(String what, String how) {
        rerun.world().out().println(rerun.palette().label(what + ":") + " " + how);
    }
}
