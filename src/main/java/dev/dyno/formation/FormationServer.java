package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.app.App;
import dev.dyno.app.Procfile;
import dev.dyno.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What makes a {@code dyno local} the one that runs its app's formation: the lock on it, what is
 * remembered of it, and the requests that come from other windows.
 */
public final class FormationServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Place place;
    private final FormationLock lock;
    private final Requests requests;
    private @Nullable Arrivals arrivals;
    private @Nullable Thread thread;

    private FormationServer(Place place, FormationLock lock) {
        this.place = place;
        this.lock = lock;
        this.requests = new Requests(place.requests());
    }

    /**
     * Takes the lock; a command that has it for a moment is waited for.
     *
     * @throws UserError where another {@code local} of this app runs, which it names
     */
    public static FormationServer open(Home home, App app, InstantSource clock) {
        Place place = Place.of(home, app);
        place.make();
        Holder me = Holder.me(Holder.Role.LOCAL, clock.instant());
        var patience = new Patience(PATIENCE);
        while (true) {
            Optional<FormationLock> lock = FormationLock.tryTake(place.lock(), me);
            if (lock.isPresent()) {
                var server = new FormationServer(place, lock.get());
                server.requests.removeStale();
                return server;
            }
            Optional<Holder> holder = FormationLock.holder(place.lock());
            if (holder.isPresent() && holder.get().isLocal()) {
                throw holder.get().runsAlready(clock.instant(), ZoneId.systemDefault());
            }
            if (!patience.pause()) {
                throw patience.lockStaysHeld(place.lock(), holder);
            }
        }
    }

    /** The formation to run: an entry for each process type that can run. */
    public Formation remembered(Procfile procfile) {
        return Remembered.read(place.wanted()).of(procfile);
    }

    /** What is damaged in what is remembered and so is ignored, a line each. */
    public List<String> warnings() {
        return Remembered.read(place.wanted()).warnings();
    }

    /**
     * From now on this is the one to run, now and at the next start.
     *
     * @throws UserError where that cannot be written
     */
    public synchronized void remember(Formation formation) {
        Remembered.read(place.wanted()).write(place.wanted(), formation);
    }

    /** What runs now, for other windows to see; what is remembered may be something else. */
    synchronized void runs(Formation formation) {
        try {
            formation.fields().write(place.running());
        } catch (IOException e) {
            // Then they are shown what is remembered.
        }
    }

    /**
     * Begins to hand over requests, also those that came since the lock was taken; one at a time,
     * on a thread of its own. What is no request, and what the handler throws, is answered here.
     */
    public synchronized void serve(Consumer<Asked> handler) {
        serve(handler, Arrivals.in(place.requests()));
    }

    synchronized void serve(Consumer<Asked> handler, Arrivals watched) {
        if (arrivals != null) {
            throw new IllegalStateException("is served already");
        }
        arrivals = watched;
        thread = Thread.ofPlatform().name("requests").daemon().start(() -> run(handler, watched));
    }

    private void run(Consumer<Asked> handler, Arrivals watched) {
        try {
            do {
                for (String name : requests.waiting()) {
                    hand(name, handler);
                }
            } while (watched.await());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(String name, Consumer<Asked> handler) {
        Optional<Request> request;
        try {
            request = requests.take(name);
        } catch (IllegalArgumentException | UserError e) {
            requests.reply(
                    name,
                    refusal(
                            CalledAs.NAME
                                    + " local does not understand the request: "
                                    + e.getMessage()));
            return;
        }
        if (request.isEmpty()) {
            return;
        }
        var asked = new Asked(request.get(), requests, name);
        try {
            handler.accept(asked);
        } catch (UserError e) {
            String hint = e.hint();
            asked.answer(
                    new Answer.Refused(
                            String.valueOf(e.getMessage()),
                            hint == null ? "" : hint,
                            Answer.INVALID));
        } catch (RuntimeException e) {
            asked.answer(refusal(CalledAs.NAME + " local failed at it: " + e));
        }
    }

    private static Answer refusal(String why) {
        return new Answer.Refused(why, "", Answer.INVALID);
    }

    /** Hears no more requests and lets go of the lock. */
    @Override
    public synchronized void close() {
        if (arrivals != null) {
            arrivals.close();
        }
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        requests.removeStale();
        try {
            Files.deleteIfExists(place.running());
        } catch (IOException e) {
            // Without the lock it counts for nothing.
        }
        lock.close();
    }
}
