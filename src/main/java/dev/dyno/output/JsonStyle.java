package dev.dyno.output;

import dev.dyno.log.LogJson;
import dev.dyno.log.LogLine;
import dev.dyno.text.Bytes;
import dev.dyno.text.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An object a line: {@code time}, {@code source}, {@code dyno}, {@code stream} unless it is a
 * terminal, {@code message}.
 */
final class JsonStyle extends Style {
    private final Bytes head = new Bytes(128);
    private final JsonString ascii = new JsonString();

    JsonStyle(Outlet out, Outlet err) {
        super(out, err);
    }

    @Override
    void begin(Feed feed, Instant now) {
        head.clear();
        LogJson.begin(feed.start.at(now), "app", feed.dyno, head);
        switch (feed.stream) {
            case STDOUT -> head.put(",\"stream\":\"stdout\"");
            case STDERR -> head.put(",\"stream\":\"stderr\"");
            case TERMINAL -> {}
        }
        head.put(",\"message\":\"");
    }

    @Override
    void line(byte[] bytes, int from, int to, boolean odd) {
        Bytes out = out().put(head);
        if (odd) {
            JsonString.put(new String(bytes, from, to - from, StandardCharsets.UTF_8), out);
        } else {
            ascii.put(bytes, from, to, out);
        }
        out.put('"').put('}').put('\n');
    }

    @Override
    void event(LogLine line) {
        LogJson.put(line, out());
        out().put('\n');
    }
}
