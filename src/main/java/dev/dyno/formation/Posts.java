package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.DynoSize;
import dev.dyno.process.Exit;
import dev.dyno.process.Listeners;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All names of a formation and their dynos: does there what the plan has decided. */
final class Posts {
    private static final String WEB = "web";

    private final Stage stage;
    private final Plan.Rules rules;
    private final Report report;
    private final Executor supervisor;
    private final Consumer<Event> news;
    private final Listeners listeners = new Listeners();
    private final Map<DynoName, Post> all = new LinkedHashMap<>();
    private final Set<DynoName> booting = new HashSet<>();
    private final Set<DynoName> terminating = new HashSet<>();
    private @Nullable Build build;
    private Formation formation = Formation.EMPTY;
    private Ports ports;

    /**
     * @param supervisor its thread, the only one that may use this
     * @param news told there of what becomes of dynos
     */
    Posts(
            Stage stage,
            Plan.Rules rules,
            Ports ports,
            Report report,
            Executor supervisor,
            Consumer<Event> news) {
        this.stage = stage;
        this.rules = rules;
        this.ports = ports;
        this.report = report;
        this.supervisor = supervisor;
        this.news = news;
    }

    /** From now on dynos are made of this. */
    void use(Build newest, Formation wanted, Ports numbered) {
        build = newest;
        formation = wanted;
        ports = numbered;
    }

    Set<DynoName> names() {
        return Set.copyOf(all.keySet());
    }

    /** Whether one is still to listen on its port, and so is worth a look every moment. */
    boolean isBooting() {
        return !booting.isEmpty();
    }

    /** Whether one has been told to end and has not yet. */
    boolean isTerminating() {
        return !terminating.isEmpty();
    }

    void perform(Action action) {
        switch (action) {
            case Action.ChangeState(DynoName name, State from, State to) -> {
                booting.remove(name);
                post(name).changeState(from, to);
            }
            case Action.Start(DynoName name) -> start(name);
            case Action.SayRestarting(DynoName name) -> post(name).restarting();
            case Action.Terminate(DynoName name) -> {
                terminating.add(name);
                post(name).terminate();
            }
            case Action.Kill(DynoName name, Action.Reason reason) -> post(name).kill(reason, rules);
            case Action.SayExited(DynoName name, int status) -> {
                post(name).exited(status);
                report.exited(name, status);
            }
            case Action.Remove(DynoName name) -> {
                terminating.remove(name);
                post(name).close();
                all.remove(name);
            }
            case Action.Finish _ -> all.values().forEach(Post::close);
        }
    }

    private Post post(DynoName name) {
        return all.computeIfAbsent(name, _ -> new Post(stage, name, report));
    }

    private void start(DynoName name) {
        terminating.remove(name);
        try {
            ports.check(name);
            Build newest = java.util.Objects.requireNonNull(build);
            post(name).start(newest, sizeOf(name), ports.port(name), listener(name));
        } catch (UserError e) {
            report.refused(e);
            supervisor.execute(() -> news.accept(new Event.NotStarted(name)));
        }
    }

    private Program.Listener listener(DynoName name) {
        return new Program.Listener() {
            @Override
            public void started(Runnable read) {
                supervisor.execute(() -> {
                    runs(name);
                    read.run();
                });
            }

            @Override
            public void ended(Exit exit) {
                supervisor.execute(() -> {
                    booting.remove(name);
                    news.accept(new Event.Ended(name, exit));
                });
            }

            @Override
            public void failed(@Nullable UserError why) {
                supervisor.execute(() -> {
                    if (why != null) {
                        report.refused(why);
                    }
                    news.accept(new Event.NotStarted(name));
                });
            }
        };
    }

    private void runs(DynoName name) {
        if (name.type().name().equals(WEB)) {
            booting.add(name);
        } else {
            news.accept(new Event.CameUp(name));
        }
    }

    /** A web dyno is up when somebody listens on its port. */
    void probe() {
        for (DynoName name : List.copyOf(booting)) {
            if (listeners.isListening(ports.port(name))) {
                booting.remove(name);
                news.accept(new Event.CameUp(name));
            }
        }
    }

    /** Those within their grace are reminded of it. */
    void nudge() {
        terminating.forEach(name -> post(name).nudge());
    }

    private DynoSize sizeOf(DynoName name) {
        Formation.Entry entry = formation.entries().get(name.type().name());
        return entry == null ? DynoSize.STANDARD_1X : entry.size();
    }
}
