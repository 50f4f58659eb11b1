package dev.dyno.formation;

import dev.dyno.app.App;
import dev.dyno.log.ApiEvents;
import dev.dyno.log.LogFile;
import dev.dyno.log.LogLine;
import dev.dyno.release.Release;
import dev.dyno.store.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The log of what users do to the app as a whole, {@code logs/api.log}. Each line is one write at
 * the file's end, so that several may write at once.
 */
public final class ApiLog implements Closeable {
    private final Optional<LogFile> log;
    private final InstantSource clock;
    private final ApiEvents events;

    private ApiLog(Optional<LogFile> log, InstantSource clock, String user) {
        this.log = log;
        this.clock = clock;
        this.events = new ApiEvents(user);
    }

    /**
     * Goes on with the log. A foreign thing of its name is left alone, and nothing is logged then;
     * {@code dyno logs} tells of it.
     *
     * @param user who does it: {@code alice@localhost}
     */
    public static ApiLog open(Home home, App app, InstantSource clock, String user) {
        Path logs = home.directory(home.app(app.key()).resolve("logs"));
        Optional<LogFile> log;
        try {
            log = Optional.of(LogFile.openOrCreate(logs.resolve("api.log")));
        } catch (IOException e) {
            log = Optional.empty();
        }
        return new ApiLog(log, clock, user);
    }

    /** The formation was changed and is {@code after} now: lists the process types it was about. */
    public void scaled(Request.Change change, Formation after) {
        String entries =
                after.entries().entrySet().stream()
                        .filter(each -> change.types().contains(each.getKey()))
                        .map(each -> each.getKey() + "@" + each.getValue())
                        .collect(Collectors.joining(" "));
        say(events.scaled(clock.instant(), entries));
    }

    /** What a new release is about. */
    public void described(Release release) {
        say(events.described(clock.instant(), release.description()));
    }

    /** It is there, for runs to be of. */
    public void released(Release release) {
        say(events.released(clock.instant(), release.version()));
    }

    /** Its release phase begins. */
    void running(Release release) {
        say(events.running(clock.instant(), release.version()));
    }

    /** Its release phase has failed. */
    void failed(Release release) {
        say(events.failed(clock.instant(), release.version()));
    }

    private void say(LogLine line) {
        log.ifPresent(file -> file.append(line));
    }

    @Override
    public void close() throws IOException {
        if (log.isPresent()) {
            log.get().close();
        }
    }
}
