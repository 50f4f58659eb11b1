package dev.dyno.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.dyno.log.LogLine;
import java.util.LinkedHashMap;

/** JSON as Heroku's CLI prints it: two blanks a level, nulls shown (heroku.md 0.1). */
final class Json {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

    private static final Gson LINES = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /** A log line, as {@code local --format=json} prints them. */
    static String line(LogLine line) {
        var fields = new LinkedHashMap<String, String>();
        String stamp = line.format();
        fields.put("time", stamp.substring(0, stamp.indexOf('+')) + "Z");
        fields.put("source", line.source());
        fields.put("dyno", line.process());
        fields.put("message", line.message());
        return LINES.toJson(fields);
    }

    /**
     * @param value made of maps, lists, strings and numbers
     */
    static String of(Object value) {
        return GSON.toJson(value);
    }
}
