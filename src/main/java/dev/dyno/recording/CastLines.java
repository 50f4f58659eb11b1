package dev.dyno.recording;

import dev.dyno.text.Bytes;
import dev.dyno.text.JsonString;

/** Lines of asciicast version 2, made of what a terminal showed (decision 023). */
final class CastLines {
    private final Bytes text = new Bytes(1 << 16);
    private final JsonString output = new JsonString();
    private final JsonString input = new JsonString();

    /** The lines since the last {@link #clear}; each is whole. */
    Bytes text() {
        return text;
    }

    void clear() {
        text.clear();
    }

    void header(Header header) {
        text.put("{\"version\": 2, \"width\": ").put(Integer.toString(header.columns()));
        text.put(", \"height\": ").put(Integer.toString(header.rows()));
        text.put(", \"timestamp\": ").put(Long.toString(header.began()));
        text.put(", \"command\": \"");
        JsonString.put(header.command(), text);
        text.put("\", \"title\": \"");
        JsonString.put(header.title(), text);
        text.put("\", \"env\": {\"TERM\": \"");
        JsonString.put(header.terminal(), text);
        text.put("\"}}\n");
    }

    /**
     * What was written or typed. A character that is cut at the end comes with the next of its
     * kind.
     */
    void bytes(long micros, char kind, byte[] bytes) {
        int start = text.length();
        begin(micros, kind);
        int empty = text.length();
        (kind == Event.INPUT ? input : output).put(bytes, 0, bytes.length, text);
        if (text.length() == empty) {
            text.cut(start);
        } else {
            text.put("\"]\n");
        }
    }

    /** A size or a status, which has nothing to escape. */
    void plain(long micros, char kind, String data) {
        begin(micros, kind);
        text.put(data).put("\"]\n");
    }

    /** No more comes: what was cut stays cut, and is shown as that. */
    void end(long micros) {
        int start = text.length();
        begin(micros, Event.OUTPUT);
        int empty = text.length();
        output.end(text);
        if (text.length() == empty) {
            text.cut(start);
        } else {
            text.put("\"]\n");
        }
    }

    private void begin(long micros, char kind) {
        text.put('[').put(Long.toString(micros / Event.SECOND)).put('.');
        String fraction = Long.toString(micros % Event.SECOND + Event.SECOND);
        text.put(fraction.substring(1)).put(", \"").put(kind).put("\", \"");
    }
}
