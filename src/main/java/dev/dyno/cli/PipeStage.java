package dev.dyno.cli;

import dev.dyno.recording.Stage;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** A recording's bytes, written in their time to whoever reads them; there are no keys. */
record PipeStage(PrintStream out) implements Stage {
    @Override
    public void show(String output) {
        out.print(output);
        out.flush();
    }

    @Override
    public int key(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
        return out.checkError() ? END : NONE;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }
}
