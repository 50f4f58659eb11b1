package dev.dyno.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The log of one dyno: lines are added, each by one write, and of very many the last ones kept, as
 * on Heroku (heroku.md 3.1). Writing never fails; what a full disk swallows is counted and told by
 * a line of its own when there is room again, as Heroku tells it (reliability.md R09, heroku.md 5
 * L12).
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
        return create(path, Retention.USUAL);
    }

    static LogFile create(Path path, Retention retention) throws IOException {
        TrimmedFile.create(path);
        return new LogFile(new TrimmedFile(path, retention), false);
    }

    /**
     * Adds to the log of somebody who is gone; a line that its last writer left unfinished is
     * ended. The file stays the same, however long it is: whoever has the name next may have opened
     * it already.
     */
    public static LogFile open(Path path) throws IOException {
        StoredLog.regular(path);
        return new LogFile(TrimmedFile.appender(path), !endsWithALineEnd(path));
    }

    /** Goes on with a log of the caller's, and makes its file where it is not there yet. */
    public static LogFile openOrCreate(Path path) throws IOException {
        return openOrCreate(path, Retention.USUAL);
    }

    static LogFile openOrCreate(Path path, Retention retention) throws IOException {
        try {
            return create(path, retention);
        } catch (FileAlreadyExistsException e) {
            StoredLog.regular(path);
            return new LogFile(new TrimmedFile(path, retention), !endsWithALineEnd(path));
        }
    }

    private static boolean endsWithALineEnd(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - 1));
            return file.length() == 0 || file.read() == '\n';
        }
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
