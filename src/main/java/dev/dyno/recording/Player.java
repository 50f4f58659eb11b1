package dev.dyno.recording;

import java.io.IOException;

/**
 * Plays a recording's output as it came. Space pauses and goes on, {@code .} shows the next output
 * while it pauses, q and Ctrl-C end it.
 */
public final class Player {
    private static final int CTRL_C = 3;

    private final Stage stage;
    private final Pace pace;
    private long due;
    private boolean paused;

    public Player(Stage stage, Pace pace) {
        this.stage = stage;
        this.pace = pace;
    }

    /**
     * Plays it to its end.
     *
     * @return false where the user ended it before
     */
    public boolean play(CastReader recording) throws IOException {
        due = stage.now();
        long before = 0;
        Event event = recording.next();
        while (event != null) {
            if (event.kind() == Event.OUTPUT) {
                due += pace.delay(event.micros() - before);
                before = event.micros();
                if (!await()) {
                    return false;
                }
                stage.show(event.data());
            }
            event = recording.next();
        }
        return true;
    }

    /** Until the time has come for what is next, or the user wants to see it; false to end. */
    private boolean await() throws IOException {
        long left = left();
        while (true) {
            int key = stage.key(paused ? Stage.FOREVER : left());
            switch (key) {
                case ' ' -> {
                    if (paused) {
                        due = stage.now() + left;
                    }
                    left = left();
                    paused = !paused;
                }
                case '.' -> {
                    if (paused) {
                        due = stage.now();
                        return true;
                    }
                }
                case 'q', 'Q', CTRL_C, Stage.END -> {
                    return false;
                }
                default -> {}
            }
            if (!paused && stage.now() >= due) {
                return true;
            }
        }
    }

    private long left() {
        return Math.max(due - stage.now(), 0);
    }
}
