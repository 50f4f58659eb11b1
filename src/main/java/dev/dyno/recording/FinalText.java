package dev.dyno.recording;

import java.io.IOException;
import java.util.function.Consumer;

/** The text a session left: what had scrolled away, and what the screen showed at the end. */
public final class FinalText {
    private FinalText() {}

    /**
     * @param lines is given each line, without blanks at its end
     */
    public static void of(CastReader recording, Consumer<String> lines) throws IOException {
        Header header = recording.header();
        var emulator = new Emulator(header.columns(), header.rows(), lines);
        for (Event event = recording.next(); event != null; event = recording.next()) {
            switch (event.kind()) {
                case Event.OUTPUT -> emulator.write(event.data());
                case Event.RESIZE -> {
                    int[] size = CastReader.size(event.data());
                    emulator.resize(size[0], size[1]);
                }
                default -> {}
            }
        }
        emulator.end();
    }
}
