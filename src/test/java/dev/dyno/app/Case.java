package dev.dyno.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A row of the cases that reliability.md 3.2 describes: a file and what dyno makes of it. */
record Case(String id, String written, String expected, String warnings) {
    static List<Case> of(String table, int warningsColumn) throws IOException {
        var cases = new ArrayList<Case>();
        try (InputStream in = Case.class.getResourceAsStream("/cases/" + table)) {
            var text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                String[] fields = line.split("\t", -1);
                if (fields.length > warningsColumn && !fields[0].equals("id")) {
                    cases.add(new Case(fields[0], fields[1], fields[2], fields[warningsColumn]));
                }
            }
        }
        return cases;
    }

    boolean fails() {
        return expected.startsWith("ERROR: ");
    }

    JsonElement json() {
        return JsonParser.parseString(expected);
    }

    @Override
    public String toString() {
        return id;
    }

    byte[] content() {
        String base64 = "base64:";
        return written.startsWith(base64)
                ? Base64.getDecoder().decode(written.substring(base64.length()))
                : JsonParser.parseString(written).getAsString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code ERROR: line 3: no ":"}, as the tables word it. */
    static String error(Reading<?> reading) {
        if (reading.errors().isEmpty()) {
            return "";
        }
        Finding first = reading.errors().getFirst();
        return "ERROR: "
                + (first.line() == 0 ? "" : "line " + first.line() + ": ")
                + first.message();
    }

    static String warnings(Reading<?> reading, String prefix) {
        var told = new ArrayList<String>();
        for (Finding each : reading.warnings()) {
            told.add(prefix + each.line() + ": " + each.message());
        }
        return String.join(" | ", told);
    }
}
