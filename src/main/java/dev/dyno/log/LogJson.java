package dev.dyno.log;

import dev.dyno.text.Bytes;
import dev.dyno.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A log line as a JSON object, without a line end. */
public final class LogJson {
    private LogJson() {}

    public static String of(LogLine line) {
        var out = new Bytes(128);
        put(line, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    public static void put(LogLine line, Bytes out) {
        begin(stamp(line.time()), line.source(), line.process(), out);
        out.put(",\"message\":\"");
        JsonString.put(line.message(), out);
        out.put("\"}");
    }

    /**
     * Puts what comes first; more members may follow.
     *
     * @param start what begins with the time as a {@link LineStart} gives it
     */
    public static void begin(byte[] start, String source, String process, Bytes out) {
        // The names of sources and processes have nothing to escape.
        out.put("{\"time\":\"").put(start, 0, LineStart.TIME).put("Z\",\"source\":\"");
        out.put(source).put("\",\"dyno\":\"").put(process).put('"');
    }

    private static byte[] stamp(Instant time) {
        var stamp = new StringBuilder(Timestamp.LENGTH);
        Timestamp.append(stamp, time);
        return stamp.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
