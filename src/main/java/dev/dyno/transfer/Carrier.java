package dev.dyno.transfer;

import dev.dyno.process.Invocation;
import dev.dyno.process.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * A script at work in the dyno, with its stdin and stdout in our hands. A signal to dyno ends it,
 * so that whoever reads or writes fails and clears up.
 */
final class Carrier implements AutoCloseable {
    private final Process process;

    private Carrier(Process process) {
        this.process = process;
    }

    static Carrier start(Invocation invocation) throws IOException {
        var builder =
                new ProcessBuilder(invocation.argv()).directory(invocation.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        var carrier = new Carrier(builder.redirectError(Redirect.DISCARD).start());
        for (String signal : List.of("INT", "TERM", "HUP")) {
            Signals.on(signal, _ -> carrier.kill());
        }
        return carrier;
    }

    InputStream out() {
        return process.getInputStream();
    }

    OutputStream in() {
        return process.getOutputStream();
    }

    Outcome.Kind end() throws InterruptedException {
        return Outcome.Kind.of(process.waitFor());
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
