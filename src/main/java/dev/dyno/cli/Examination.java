package dev.dyno.cli;

import dev.dyno.UserError;
import dev.dyno.limit.Cgroup;
import dev.dyno.process.Binding;
import dev.dyno.sandbox.Isolation;
import dev.dyno.terminal.Terminal;
import dev.dyno.text.Printable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries out what dyno needs of the machine, as a run would. */
final class Examination {
    private static final int SOME_PROCESSES = 256;
    private static final long SOME_MEMORY = 1L << 30;

    private final World world;

    Examination(World world) {
        this.world = world;
    }

    List<Diagnosis> all() {
        var all = new ArrayList<Diagnosis>();
        Diagnosis state = state();
        all.add(state);
        all.add(bash());
        if (state.state() == Diagnosis.State.BROKEN) {
            all.add(terminal());
            all.add(java());
            all.add(natives());
            return all;
        }
        Isolation isolation = IsolationChoice.find(world);
        all.add(isolation(isolation));
        all.add(files(isolation));
        all.addAll(limits(isolation));
        all.add(terminal());
        all.add(java());
        all.add(natives());
        return all;
    }

    private Diagnosis state() {
        try {
            world.home().check();
            Path root = world.home().directory(world.home().root());
            FileStore store = Files.getFileStore(root);
            return Diagnosis.good(
                    "state",
                    Printable.escape(root.toString())
                            + ", on "
                            + store.type()
                            + " with "
                            + (store.getUsableSpace() >> 20)
                            + " MB free");
        } catch (UserError e) {
            String hint = e.hint();
            return Diagnosis.broken(
                    "state", String.valueOf(e.getMessage()), hint == null ? "" : hint);
        } catch (IOException e) {
            return Diagnosis.broken(
                    "state",
                    String.valueOf(e.getMessage()),
                    "Set DYNO_HOME to a directory of yours.");
        }
    }

    private Diagnosis bash() {
        String places =
                "/bin:/usr/bin:/usr/local/bin:" + world.environment().getOrDefault("PATH", "");
        for (String place : places.split(":", -1)) {
            if (place.startsWith("/") && Files.isExecutable(Path.of(place, "bash"))) {
                return Diagnosis.good("shell", place + "/bash");
            }
        }
        return Diagnosis.broken(
                "shell", "there is no bash, which runs every dyno", "Install bash.");
    }

    private static Diagnosis isolation(Isolation isolation) {
        return isolation.level() == Isolation.Level.NAMESPACES
                ? Diagnosis.good(
                        "isolation",
                        "namespaces: own /app, processes and /tmp; the system read-only, your home"
                                + " hidden")
                : Diagnosis.less("isolation", "plain: " + isolation.reason(), isolation.remedy());
    }

    private Diagnosis files(Isolation isolation) {
        if (isolation.overlay()) {
            return Diagnosis.good("files", "overlay: a dyno takes the space of what it writes");
        }
        String type = "";
        try {
            type = Files.getFileStore(world.home().root()).type();
        } catch (IOException e) {
            // copied, then
        }
        return switch (type) {
            case "btrfs", "xfs", "apfs" ->
                    Diagnosis.good("files", "copies that share their blocks (" + type + ")");
            default ->
                    Diagnosis.less(
                            "files",
                            "copies: an app of many files takes its time to start",
                            isolation.level() == Isolation.Level.NAMESPACES
                                    ? "Set DYNO_HOME to a directory on ext4, xfs or btrfs."
                                    : isolation.remedy());
        };
    }

    private static List<Diagnosis> limits(Isolation isolation) {
        Optional<Cgroup> group = Cgroup.create("doctor", SOME_PROCESSES, SOME_MEMORY);
        boolean counted = group.isPresent() && group.get().used().isPresent();
        group.ifPresent(Cgroup::close);
        Diagnosis memory =
                Diagnosis.good(
                        "memory",
                        counted
                                ? "counted and limited by a control group"
                                : "looked at once a second");
        if (group.isPresent()) {
            return List.of(memory, Diagnosis.good("processes", "limited by a control group"));
        }
        return List.of(
                memory,
                isolation.limitsProcesses()
                        ? Diagnosis.good("processes", "limited by ulimit -u in the namespace")
                        : Diagnosis.less(
                                "processes",
                                "not limited: a fork bomb in a dyno is one on this machine",
                                isolation.remedy()));
    }

    private Diagnosis terminal() {
        String missing = Terminal.unavailable();
        if (!missing.isEmpty()) {
            return Diagnosis.less(
                    "terminal", missing, "mount -t devpts devpts /dev/pts, or use --no-tty.");
        }
        String kind = world.environment().getOrDefault("TERM", "");
        return Diagnosis.good(
                "terminal",
                world.inIsTerminal() && world.outIsTerminal()
                        ? "this is one" + (kind.isEmpty() ? "" : ", " + Printable.escape(kind))
                        : "can be had; this is none, so bytes go through pipes");
    }

    private static Diagnosis java() {
        String text =
                System.getProperty("java.vendor", "")
                        + " "
                        + System.getProperty("java.version", "")
                        + " in "
                        + Printable.escape(System.getProperty("java.home", ""));
        Path cache = Path.of(System.getProperty("dyno.natives", "")).resolveSibling("dyno.aot");
        return Files.isRegularFile(cache)
                ? Diagnosis.good("java", text + ", with a cache for the start")
                : Diagnosis.less(
                        "java", text + ", without a cache for the start", "scripts/build --again");
    }

    private static Diagnosis natives() {
        return Binding.isOwn()
                ? Diagnosis.good("natives", "dyno's own, built by this machine's C compiler")
                : Diagnosis.less(
                        "natives",
                        "those of pty4j and JNA, by which a start takes some 25 ms more",
                        "Install a C compiler (apt install gcc libc6-dev), then scripts/build"
                                + " --again");
    }
}
