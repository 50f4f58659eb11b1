package dev.dyno.output;

import dev.dyno.log.TerminalMessage;
import dev.dyno.text.Bytes;
import dev.dyno.text.Palette;
import dev.dyno.text.Palette.Level;
import java.nio.charset.StandardCharsets;

/**
 * Stdout or stderr: a descriptor, and what its reader understands.
 *
 * @param palette the colours for what dyno adds
 * @param terminal whether it obeys control characters
 */
public record Target(int fd, Palette palette, boolean terminal) {
    private static final byte[] RESET = {0x1b, '[', '0', 'm'};

    boolean isColoured() {
        return palette.level() != Level.NONE;
    }

    /**
     * Puts a program's line as it is to be shown: to a file or a pipe as it is; on a terminal
     * nothing of it may move the cursor (reliability.md X06).
     *
     * @param odd whether there may be anything but printable ASCII and tabs in it
     */
    void put(Bytes out, byte[] bytes, int from, int to, boolean odd) {
        if (odd && terminal) {
            out.put(TerminalMessage.of(text(bytes, from, to), isColoured()));
            return;
        }
        out.put(bytes, from, to);
        if (odd && isColoured() && hasEscape(bytes, from, to)) {
            out.put(RESET);
        }
    }

    /**
     * A line as text; of what was written over itself, as progress is, a terminal shows the last.
     */
    String text(byte[] bytes, int from, int to) {
        int end = to;
        while (terminal && end > from && bytes[end - 1] == '\r') {
            end--;
        }
        int start = end;
        while (start > from && !(terminal && bytes[start - 1] == '\r')) {
            start--;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static boolean hasEscape(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0x1b) {
                return true;
            }
        }
        return false;
    }
}
