package dev.dyno.recording;

import java.nio.charset.StandardCharsets;

/** Lines of asciicast version 2, made of what a terminal showed (decision 023). */
final class CastLines {
    private final Text text = new Text(1 << 16);
    private final JsonString output = new JsonString();
    private final JsonString input = new JsonString();

    /** The lines since the last {@link #clear}; each is whole. */
    Text text() {
        return text;
    }

    void clear() {
        text.cut(0);
    }

    void header(Header header) {
        text.put("{\"version\": 2, \"width\": ").put(Integer.toString(header.columns()));
        text.put(", \"height\": ").put(Integer.toString(header.rows()));
        text.put(", \"timestamp\": ").put(Long.toString(header.began()));
        text.put(", \"command\": \"");
        whole(header.command());
        text.put("\", \"title\": \"");
        whole(header.title());
        text.put("\", \"env\": {\"TERM\": \"");
        whole(header.terminal());
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
        text.put((byte) '[').put(Long.toString(micros / Event.SECOND)).put((byte) '.');
        String fraction = Long.toString(micros % Event.SECOND + Event.SECOND);
        text.put(fraction.substring(1)).put(", \"").put((byte) kind).put("\", \"");
    }

    private void whole(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        var string = new JsonString();
        string.put(bytes, 0, bytes.length, text);
        string.end(text);
    }
}
