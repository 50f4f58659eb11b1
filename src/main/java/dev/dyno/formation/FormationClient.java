package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * An app's formation as another window deals with it: asks the {@code dyno local} that runs it, or,
 * where none runs, changes what is remembered for the next.
 */
public final class FormationClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Home home;
    private final App app;
    private final InstantSource clock;
    private final Place place;
    private final Duration patience;

    public FormationClient(Home home, App app, InstantSource clock) {
        this(home, app, clock, PATIENCE);
    }

    FormationClient(Home home, App app, InstantSource clock, Duration patience) {
        this.home = home;
        this.app = app;
        this.clock = clock;
        this.place = Place.of(home, app);
        this.patience = patience;
    }

    /**
     * How a change went.
     *
     * @param running whether a {@code local} was asked; else it holds from the next on
     */
    public record Changed(Answer answer, boolean running) {}

    /** Whether a {@code local} runs it now. */
    public boolean isRunning() {
        return FormationLock.holder(place.lock()).filter(Holder::isLocal).isPresent();
    }

    /** An entry for each process type that can run: as it runs, or would. */
    public Formation formation(Procfile procfile) {
        Formation remembered = Remembered.read(place.wanted()).of(procfile);
        Formation formation = remembered;
        if (isRunning()) {
            for (var each : Remembered.read(place.running()).formation().entries().entrySet()) {
                formation = formation.with(each.getKey(), each.getValue());
            }
        }
        return formation;
    }

    /** What is remembered of an app that was never used; nothing is where something was before. */
    public void begin(Formation first) {
        place.make();
        Holder me = Holder.me(Holder.Role.COMMAND, clock.instant());
        Optional<FormationLock> lock = FormationLock.tryTake(place.lock(), me);
        if (lock.isPresent()) {
            try (var _ = lock.get()) {
                if (!Files.exists(place.wanted())) {
                    Remembered.read(place.wanted()).write(place.wanted(), first);
                }
            }
        }
    }

    /** What is damaged in what is remembered and so is ignored, a line each. */
    public List<String> warnings() {
        return Remembered.read(place.wanted()).warnings();
    }

    /**
     * Changes the formation, running or not.
     *
     * @param user whom the log names where none runs
     * @throws UserError as {@link #ask}, and where it cannot be remembered
     */
    public Changed change(Request.Change change, Procfile procfile, String user) {
        place.make();
        Holder me = Holder.me(Holder.Role.COMMAND, clock.instant());
        var waiting = new Patience(patience);
        while (true) {
            Optional<FormationLock> lock = FormationLock.tryTake(place.lock(), me);
            if (lock.isPresent()) {
                try (var _ = lock.get()) {
                    return new Changed(remember(change, procfile, user), false);
                }
            }
            Optional<Answer> answer = ask(change);
            if (answer.isPresent()) {
                return new Changed(answer.get(), true);
            }
            if (!waiting.pause()) {
                throw waiting.lockStaysHeld(place.lock(), FormationLock.holder(place.lock()));
            }
        }
    }

    private Answer remember(Request.Change change, Procfile procfile, String user) {
        Remembered remembered = Remembered.read(place.wanted());
        Answer answer = change.applyTo(remembered.of(procfile));
        if (answer instanceof Answer.Done(Formation after)) {
            remembered.write(place.wanted(), after);
            try (ApiLog log = ApiLog.open(home, app, clock, user)) {
                log.scaled(change, after);
            } catch (IOException e) {
                // It is remembered all the same.
            }
        }
        return answer;
    }

    /**
     * Asks the {@code local} that runs the formation, and waits for its answer; empty where none
     * runs.
     *
     * @throws UserError where it ends without an answer, or gives none in ten seconds
     */
    public Optional<Answer> ask(Request request) {
        Optional<Holder> holder = FormationLock.holder(place.lock()).filter(Holder::isLocal);
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        var requests = new Requests(place.requests());
        String name = requests.send(request);
        var waiting = new Patience(patience);
        Optional<Answer> answer = requests.answer(name);
        while (answer.isEmpty()) {
            boolean ended = hasEnded(holder.get());
            // Asked once more, since it may have answered and then ended.
            answer = requests.answer(name);
            if (answer.isEmpty() && (ended || !waiting.pause())) {
                requests.withdraw(name);
                throw ended
                        ? new UserError(
                                holder.get().name() + " has ended meanwhile", "Try once more.")
                        : new UserError(
                                holder.get().name()
                                        + " has not answered for "
                                        + waiting.seconds()
                                        + " seconds",
                                "It may be stopped, or busy: kill -CONT "
                                        + holder.get().pid()
                                        + " lets a stopped one go on.");
            }
        }
        return answer;
    }

    private boolean hasEnded(Holder asked) {
        Optional<Holder> now = FormationLock.holder(place.lock());
        return now.isEmpty() || (now.get().pid() != 0 && now.get().pid() != asked.pid());
    }
}
