package dev.dyno.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/** What of this machine is copied into a dyno: a file, or a directory as a tar archive. */
final class Departure {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int BUFFER = 1 << 16;

    private final OutputStream to;
    private int leftOut;

    Departure(OutputStream to) {
        this.to = to;
    }

    /** How many entries were not sent: links, sockets and the like. */
    int leftOut() {
        return leftOut;
    }

    void file(Path file, long size) throws IOException {
        contents(file, size);
    }

    void directory(Path directory) throws IOException {
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes found)
                            throws IOException {
                        if (!path.equals(directory)) {
                            String name = directory.relativize(path) + "/";
                            header(name, Tar.DIRECTORY, EXECUTABLE, 0);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes found)
                            throws IOException {
                        if (!found.isRegularFile()) {
                            leftOut++;
                            return FileVisitResult.CONTINUE;
                        }
                        int mode = Files.isExecutable(path) ? EXECUTABLE : PLAIN;
                        String name = directory.relativize(path).toString();
                        header(name, Tar.FILE, mode, found.size());
                        contents(path, found.size());
                        to.write(new byte[Tar.padding(found.size())]);
                        return FileVisitResult.CONTINUE;
                    }
                });
        to.write(new byte[2 * Tar.BLOCK]);
    }

    private void header(String name, char type, int mode, long size) throws IOException {
        byte[] bytes = ("./" + name).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Tar.NAME) {
            block("././@LongLink".getBytes(StandardCharsets.UTF_8), Tar.LONG_NAME, 0, bytes.length);
            to.write(bytes);
            to.write(new byte[Tar.padding(bytes.length)]);
        }
        block(bytes, type, mode, size);
    }

    private void block(byte[] name, char type, int mode, long size) throws IOException {
        var header = new byte[Tar.BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, Tar.NAME));
        Tar.octal(header, Tar.MODE, 7, mode);
        Tar.octal(header, 108, 7, 0);
        Tar.octal(header, 116, 7, 0);
        if (size >>> 33 == 0) {
            Tar.octal(header, Tar.SIZE, 11, size);
        } else {
            header[Tar.SIZE] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                header[Tar.SIZE + 11 - i] = (byte) (size >>> (8 * i));
            }
        }
        Tar.octal(header, 136, 11, System.currentTimeMillis() / 1000);
        header[Tar.TYPE] = (byte) type;
        byte[] magic = "ustar  ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, header, Tar.MAGIC, magic.length);
        Tar.octal(header, Tar.CHECKSUM, 6, Tar.checksum(header));
        header[Tar.CHECKSUM + 7] = ' ';
        to.write(header);
    }

    /** As much as was said before. */
    private void contents(Path file, long size) throws IOException {
        var buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = size; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException(file + " has become shorter");
                }
                to.write(Arrays.copyOf(buffer, count));
                left -= count;
            }
        }
    }
}
