package dev.dyno.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of Heroku's program, done with dyno.
 *
 * @param title of its capture
 * @param line what bash is told to run
 * @param state the kind of app it is run in; one that ends with {@code !} is made for it alone
 * @param data what stands in the capture for what is another here, in pairs
 * @param anyWidths whether columns are as wide as data that are others here
 * @param differs what docs/differences.md says of it; empty where nothing differs
 * @param missing why dyno has no such command; empty where it has
 * @param own what dyno says instead, where that differs
 */
record GoldenCase(
        String title,
        String line,
        String state,
        List<String> data,
        boolean anyWidths,
        List<String> differs,
        String missing,
        Capture own) {
    private static final Capture NOTHING = new Capture("", 0, "", "");

    static List<GoldenCase> read(Path file) throws IOException {
        var cases = new ArrayList<GoldenCase>();
        for (String text : Files.readString(file).split("(?m)^######## ", -1)) {
            if (!text.isBlank() && !text.startsWith("# ")) {
                cases.add(parse(text));
            }
        }
        return cases;
    }

    private static GoldenCase parse(String text) {
        int body = text.indexOf("\nrc=");
        String head = body < 0 ? text : text.substring(0, body + 1);
        var data = new ArrayList<String>();
        var differs = new ArrayList<String>();
        String title = head.substring(0, head.indexOf('\n')).strip();
        String line = title.substring(title.indexOf(": ") + 2);
        String state = "plain";
        String missing = "";
        boolean anyWidths = false;
        for (String each : head.lines().skip(1).filter(it -> !it.isBlank()).toList()) {
            String value = each.substring(each.indexOf(' ') + 1);
            switch (each.substring(0, each.indexOf(' '))) {
                case "$" -> line = value;
                case "state:" -> state = value;
                case "data:" -> data.addAll(List.of(pair(value)));
                case "widths:" -> anyWidths = value.equals("data");
                case "differs:" -> differs.add(value);
                case "missing:" -> missing = value;
                default -> throw new IllegalArgumentException("no field of a case: " + each);
            }
        }
        return new GoldenCase(
                title,
                line,
                state,
                data,
                anyWidths,
                differs,
                missing,
                body < 0 ? NOTHING : own(text.substring(body + 1, text.length() - 1)));
    }

    private static String[] pair(String value) {
        int arrow = value.indexOf(" =>");
        return new String[] {
            Capture.shown(value.substring(0, arrow).translateEscapes()),
            Capture.shown(value.substring(arrow + " =>".length()).stripLeading().translateEscapes())
        };
    }

    /** Without the blank line behind the case. */
    private static Capture own(String text) {
        int out = text.indexOf("-- stdout\n");
        int err = text.indexOf("\n-- stderr\n");
        return new Capture(
                "",
                Integer.parseInt(text.substring(3, text.indexOf('\n'))),
                Capture.shown(text.substring(out + "-- stdout\n".length(), err + 1)),
                Capture.shown(text.substring(err + "\n-- stderr\n".length())));
    }

    /** What Heroku says, with the data there are here. */
    Capture expected(Capture capture) {
        String out = capture.out();
        String err = capture.err();
        for (int i = 0; i < data.size(); i += 2) {
            if (!out.contains(data.get(i)) && !err.contains(data.get(i))) {
                throw new IllegalArgumentException(
                        "'" + data.get(i) + "' does not stand in:\n" + out + err);
            }
            out = out.replace(data.get(i), data.get(i + 1));
            err = err.replace(data.get(i), data.get(i + 1));
        }
        return new Capture("", capture.status(), out, err);
    }
}
