package dev.dyno.recording;

import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording event by event: ours, and asciicast 2 and 3 of others. A last line that has no
 * end, as a killed writer leaves it, is left out.
 */
public final class CastReader implements AutoCloseable {
    /** Far beyond what a recorder writes in one line. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final int LARGEST_SIZE = 10_000;
    private static final double LONGEST_SECONDS = 1e9;

    private final InputStream in;
    private final Path file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(8192);
    private final Header header;
    private final boolean relative;
    private int number;
    private long micros;

    private CastReader(InputStream in, Path file) throws IOException {
        this.in = in;
        this.file = file;
        String first = line();
        Map<?, ?> fields = first == null ? null : JsonLine.map(first);
        Object version = fields == null ? null : fields.get("version");
        if (fields == null || !(version instanceof Double v && (v == 2 || v == 3))) {
            throw damaged();
        }
        relative = v == 3;
        header = header(relative ? inner(fields, "term") : fields, fields);
    }

    /**
     * Opens a recording and reads its header.
     *
     * @throws UserError where the file is no recording
     */
    public static CastReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new CastReader(in, file);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    public Header header() {
        return header;
    }

    /**
     * The next event; null at the end.
     *
     * @throws UserError where a line is no event
     */
    public @Nullable Event next() throws IOException {
        String text = line();
        while (text != null && (text.isEmpty() || text.charAt(0) == '#')) {
            text = line();
        }
        if (text == null) {
            return null;
        }
        List<?> items = JsonLine.list(text);
        if (items == null
                || items.size() < 3
                || !(items.get(0) instanceof Double seconds && isTime(seconds))
                || !(items.get(1) instanceof String kind && !kind.isEmpty())
                || !(items.get(2) instanceof String data)) {
            throw damaged();
        }
        long time = Math.round(seconds * Event.SECOND);
        micros = relative ? micros + time : Math.max(micros, time);
        if (kind.charAt(0) == Event.RESIZE && size(data).length == 0) {
            throw damaged();
        }
        return new Event(micros, kind.length() == 1 ? kind.charAt(0) : '?', data);
    }

    private static boolean isTime(double seconds) {
        return seconds >= 0 && seconds < LONGEST_SECONDS;
    }

    /** Columns and rows of {@code 80x24}; nothing where that is no size. */
    static int[] size(String data) {
        int x = data.indexOf('x');
        try {
            int columns = Integer.parseInt(data.substring(0, Math.max(x, 0)));
            int rows = Integer.parseInt(data.substring(x + 1));
            return isSize(columns) && isSize(rows) ? new int[] {columns, rows} : new int[0];
        } catch (NumberFormatException e) {
            return new int[0];
        }
    }

    private static boolean isSize(int characters) {
        return characters > 0 && characters <= LARGEST_SIZE;
    }

    private Header header(Map<?, ?> term, Map<?, ?> fields) {
        int columns = size(term, relative ? "cols" : "width");
        int rows = size(term, relative ? "rows" : "height");
        String type = relative ? string(term, "type") : string(inner(fields, "env"), "TERM");
        long began = fields.get("timestamp") instanceof Double d ? d.longValue() : 0;
        return new Header(
                columns, rows, began, string(fields, "command"), string(fields, "title"), type);
    }

    private int size(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof Double d && isSize(d.intValue())) {
            return d.intValue();
        }
        throw damaged();
    }

    private static String string(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static Map<?, ?> inner(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A line without its end; null where none is left that has one. */
    private @Nullable String line() throws IOException {
        line.reset();
        int b;
        while ((b = in.read()) >= 0) {
            if (b == '\n') {
                number++;
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == LONGEST_LINE) {
                number++;
                throw damaged();
            }
            line.write(b);
        }
        return null;
    }

    private UserError damaged() {
        return new UserError(
                Printable.escape(file + " is damaged: line " + Math.max(number, 1))
                        + " is none of an asciicast",
                "It is a file of asciinema's format, version 2 or 3.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
