package dev.dyno.cli;

import dev.dyno.recording.Stage;
import dev.dyno.terminal.Viewer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The user's own terminal, and the keys pressed on it. */
record ViewerStage(Viewer viewer) implements Stage {
    private static final long MILLI = 1_000_000;

    @Override
    public void show(String output) throws IOException {
        viewer.show(output.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int key(long nanos) {
        long millis = (nanos + MILLI - 1) / MILLI;
        int key = viewer.key(nanos == FOREVER ? -1 : (int) Math.min(millis, Integer.MAX_VALUE));
        return switch (key) {
            case Viewer.NONE -> NONE;
            case Viewer.END -> END;
            default -> key;
        };
    }

    @Override
    public long now() {
        return System.nanoTime();
    }
}
