package dev.dyno.terminal;

import dev.dyno.process.Posix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A terminal's size in characters and, where it tells, in pixels. */
public record WindowSize(int rows, int columns, int width, int height) {
    /** What a terminal has that does not know its size (a serial line, CI). */
    static final WindowSize DEFAULT = new WindowSize(24, 80, 0, 0);

    /** That of the terminal dyno writes to, else the usual one. */
    public static WindowSize ofOutput() {
        return of(1);
    }

    /** The size of the terminal behind {@code fd}; a size of nothing counts as unknown. */
    static WindowSize of(int fd) {
        var bytes = new byte[8];
        if (!Posix.windowSize(fd, bytes)) {
            return DEFAULT;
        }
        var size = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        var read =
                new WindowSize(
                        Short.toUnsignedInt(size.getShort(0)),
                        Short.toUnsignedInt(size.getShort(2)),
                        Short.toUnsignedInt(size.getShort(4)),
                        Short.toUnsignedInt(size.getShort(6)));
        return read.rows == 0 || read.columns == 0 ? DEFAULT : read;
    }

    /** As {@code struct winsize}. */
    byte[] bytes() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putShort((short) rows)
                .putShort((short) columns)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }
}
