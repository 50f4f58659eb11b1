package dev.dyno.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * stdout or stderr; it remembers that what was written did not arrive, which a PrintStream hides.
 */
final class StandardStream extends FileOutputStream {
    private @Nullable String lost;

    StandardStream(FileDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            lost = String.valueOf(e.getMessage());
            throw e;
        }
    }

    /**
     * Why something did not arrive; null when all did, or when the reader of a pipe has gone and so
     * wanted no more.
     */
    @Nullable String lost() {
        return "Broken pipe".equals(lost) ? null : lost;
    }
}
