package dev.dyno.output;

import dev.dyno.log.LineStart;
import dev.dyno.log.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An object a line: {@code time}, {@code source}, {@code dyno}, {@code stream} unless it is a
 * terminal, {@code message}.
 */
final class JsonStyle extends Style {
    private final Bytes head = new Bytes(128);

    JsonStyle(Outlet out, Outlet err) {
        super(out, err);
    }

    @Override
    void begin(Feed feed, Instant now) {
        head(feed.start.at(now), "app", feed.dyno);
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
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            JsonText.put(out, text);
        } else {
            JsonText.put(out, bytes, from, to);
        }
        out.put('"').put('}').put('\n');
    }

    @Override
    void event(LogLine line) {
        head(new LineStart(line.process()).at(line.time()), line.source(), line.process());
        Bytes out = out().put(head.put(",\"message\":\""));
        JsonText.put(out, line.message());
        out.put('"').put('}').put('\n');
    }

    // The names of sources and dynos have nothing to escape.
    private void head(byte[] start, String source, String dyno) {
        head.clear();
        head.put("{\"time\":\"").put(start, 0, LineStart.TIME).put("Z\",\"source\":\"");
        head.put(source).put("\",\"dyno\":\"").put(dyno).put('"');
    }
}
