package dev.dyno.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * The log of one dyno: lines are only ever added, each by one write. Writing never fails; what a
 * full disk swallows is counted and told by a line of its own when there is room again, as Heroku
 * tells it (reliability.md R09, heroku.md 5 L12).
 */
public final class LogFile implements Closeable {
    private final OutputStream out;
    private boolean torn;
    private int dropped;
    private Instant droppedSince = Instant.EPOCH;

    // torn: whether what is there ends in the middle of a line
    LogFile(OutputStream out, boolean torn) {
        this.out = out;
        this.torn = torn;
    }

    /**
     * Makes the file, and thereby claims its name for the caller alone.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    public static LogFile create(Path path) throws IOException {
        // Not from "rw-------": that is an EnumSet, which costs a cold start 8 ms of reflection.
        var ownerOnly = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        return new LogFile(appender(path), false);
    }

    /** Goes on with a file that is there; a line that its last writer left unfinished is ended. */
    public static LogFile open(Path path) throws IOException {
        boolean regular =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isRegularFile();
        if (!regular) {
            throw new IOException(path + " is not a regular file");
        }
        return new LogFile(appender(path), !endsWithALineEnd(path));
    }

    /** Goes on with a file, and makes it where it is not there yet. */
    public static LogFile openOrCreate(Path path) throws IOException {
        try {
            return create(path);
        } catch (FileAlreadyExistsException e) {
            return open(path);
        }
    }

    private static boolean endsWithALineEnd(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - 1));
            return file.length() == 0 || file.read() == '\n';
        }
    }

    // Not a FileChannel of our own: an interrupted thread would close that for good.
    private static OutputStream appender(Path path) throws IOException {
        return Files.newOutputStream(
                path,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS);
    }

    public synchronized void append(LogLine line) {
        try {
            tellOfDropped(line.time());
            writeWhole(line);
        } catch (IOException e) {
            drop(line.time(), 1);
        }
    }

    /**
     * Adds lines that are formatted already, by one write. If the disk fills up in the middle of
     * it, all of them count as dropped: nobody can say which still went in.
     *
     * @param time when the lines were written
     * @param lines from 0 to {@code length}: {@code count} lines, each with its end
     */
    public synchronized void append(Instant time, byte[] lines, int length, int count) {
        try {
            tellOfDropped(time);
            writeWhole(lines, length);
        } catch (IOException e) {
            drop(time, count);
        }
    }

    /** How many lines have been lost and not yet told of. */
    public synchronized int dropped() {
        return dropped;
    }

    private void drop(Instant time, int lines) {
        if (dropped == 0) {
            droppedSince = time;
        }
        dropped += lines;
    }

    private void tellOfDropped(Instant now) throws IOException {
        if (dropped > 0) {
            StringBuilder words = new StringBuilder("Error L12: ").append(dropped);
            words.append(" messages dropped since ");
            Timestamp.append(words, droppedSince);
            writeWhole(LogLine.heroku(now, "logplex", words.append('.').toString()));
            dropped = 0;
        }
    }

    private void writeWhole(LogLine line) throws IOException {
        byte[] text = line.format().concat("\n").getBytes(StandardCharsets.UTF_8);
        writeWhole(text, text.length);
    }

    private void writeWhole(byte[] lines, int length) throws IOException {
        byte[] whole = lines;
        int from = 0;
        if (torn) {
            whole = new byte[length + 1];
            whole[0] = '\n';
            System.arraycopy(lines, 0, whole, 1, length);
            from = 1;
        }
        torn = true;
        out.write(whole, 0, length + from);
        torn = false;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
