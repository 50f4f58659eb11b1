package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.dyno.DynoName;
import dev.dyno.dyno.Run;
import dev.dyno.log.LogLine;
import dev.dyno.log.LogPrinter;
import dev.dyno.log.Logs;
import dev.dyno.process.Posix;
import dev.dyno.process.Signals;
import dev.dyno.text.Palette;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The log of a one-off that nobody is attached to, shown until it ends. */
record DetachedLog(World world, App app, Palette palette) {
    private static final String LAST = " to complete";

    /** Returns its status. Ctrl-C ends the showing only. */
    int follow(DynoName name) throws IOException, InterruptedException {
        for (String signal : List.of("INT", "TERM", "HUP")) {
            Signals.on(signal, number -> Runtime.getRuntime().halt(128 + number));
        }
        var end = new OneOffEnd(world, app);
        // Should its supervisor be killed, this sweeps, and so writes the log's end.
        Thread.ofPlatform().name("end").daemon().start(() -> await(end, name));
        var printer = new LogPrinter(palette, world.outIsTerminal());
        var logs = new Logs(world.dynos(app).logs());
        logs.followFromStart(name.toString(), lines -> print(lines, printer));
        if (world.out().checkError()) {
            return 128 + Posix.SIGPIPE;
        }
        Optional<Run> ended = end.await(name, () -> {});
        return ended.map(run -> run.ended().status()).orElse(0);
    }

    private static void await(OneOffEnd end, DynoName name) {
        try {
            end.await(name, () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether more is to come. */
    private boolean print(List<LogLine> lines, LogPrinter printer) {
        for (LogLine line : lines) {
            world.out().print(printer.print(line) + "\n");
        }
        LogLine last = lines.getLast();
        boolean over = last.source().equals("heroku") && last.message().endsWith(LAST);
        return !world.out().checkError() && !over;
    }
}
