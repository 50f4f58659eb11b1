package dev.dyno.bundle;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes entries of a tar archive. */
final class Archive extends FilterOutputStream {
    private long written;

    Archive(OutputStream to) {
        super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        out.write(bytes, offset, count);
        written += count;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** What writes the contents of an entry. */
    interface Contents {
        void writeTo(OutputStream to) throws IOException;
    }

    /**
     * @throws IOException also where the contents are not of the size that was said
     */
    void add(Header header, Contents contents) throws IOException {
        byte[] bytes = header.bytes();
        write(bytes, 0, bytes.length);
        long end = written + header.size();
        contents.writeTo(this);
        if (written != end) {
            throw new IOException("a file changed while it was read");
        }
        write(new byte[Header.padding(header.size())]);
    }

    /** An entry of dyno's own. */
    void add(String name, byte[] contents) throws IOException {
        add(Header.file(name, contents.length), to -> to.write(contents));
    }

    /** An entry of dyno's own, of a file as long as it is now. */
    void add(String name, Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            add(Header.file(name, size), to -> copy(in, size, to));
        }
    }

    private static void copy(InputStream in, long size, OutputStream to) throws IOException {
        var buffer = new byte[1 << 16];
        for (long left = size; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            to.write(buffer, 0, count);
            left -= count;
        }
    }
}
