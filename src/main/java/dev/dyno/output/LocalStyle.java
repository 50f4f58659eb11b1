package dev.dyno.output;

import dev.dyno.text.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** As {@code heroku local} prints it: {@code 7:29:55 AM web.1 | text} (heroku.md 6.4). */
final class LocalStyle extends Style {
    /** By process type, in order of first appearance: magenta, blue, cyan, green, yellow, red. */
    private static final int[] COLOURS = {35, 34, 36, 32, 33, 31};

    private static final int SUCCESS = 36;
    private static final int FAILURE = 31;
    private static final byte[] NO_COLOUR = {0x1b, '[', '3', '9', 'm'};
    private static final byte[] BAR = {' ', '|', ' '};

    private final Target target;
    private final Target errors;
    private final LocalTime clock;
    private final Map<String, Integer> colours = new HashMap<>();
    private final Bytes head = new Bytes(64);
    private int width;

    LocalStyle(Target target, Target errors, ZoneId zone, Outlet out, Outlet err) {
        super(out, err);
        this.target = target;
        this.errors = errors;
        this.clock = new LocalTime(zone);
    }

    @Override
    void expect(String dyno) {
        width = Math.max(width, dyno.length());
        int next = COLOURS[colours.size() % COLOURS.length];
        colours.putIfAbsent(type(dyno), next);
    }

    private static String type(String dyno) {
        int dot = dyno.indexOf('.');
        return dot < 0 ? dyno : dyno.substring(0, dot);
    }

    @Override
    void begin(Feed feed, Instant now) {
        head(target, feed.dyno, feed.name, now, BAR);
    }

    @Override
    void line(byte[] bytes, int from, int to, boolean odd) {
        Bytes out = out().put(head);
        target.put(out, bytes, from, to, odd);
        out.put('\n');
    }

    @Override
    void notice(Instant now, String dyno, String text, boolean failure) {
        expect(dyno);
        Target to = failure ? errors : target;
        byte[] name = dyno.getBytes(StandardCharsets.UTF_8);
        head(to, dyno, name, now, new byte[0]);
        var line = new Bytes(128).put(head);
        colour(line, to, failure ? FAILURE : SUCCESS);
        line.put(text);
        endColour(line, to);
        say(new String(line.array(), 0, line.length(), StandardCharsets.UTF_8), failure);
    }

    @Override
    void banner(String text, boolean failure) {
        say(text, failure);
    }

    private void head(Target to, String dyno, byte[] name, Instant now, byte[] bar) {
        head.clear();
        colour(head, to, to.isColoured() ? colours.getOrDefault(type(dyno), COLOURS[0]) : 0);
        head.put(clock.at(now)).put(' ').put(name);
        for (int i = name.length; i < width; i++) {
            head.put(' ');
        }
        head.put(bar);
        endColour(head, to);
        head.put(' ');
    }

    private static void colour(Bytes out, Target to, int colour) {
        if (to.isColoured()) {
            out.put(0x1b).put('[').put('0' + colour / 10).put('0' + colour % 10).put('m');
        }
    }

    private static void endColour(Bytes out, Target to) {
        if (to.isColoured()) {
            out.put(NO_COLOUR);
        }
    }
}
