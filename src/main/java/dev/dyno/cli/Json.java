package dev.dyno.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.dyno.text.JsonString;

/** JSON as Heroku's CLI prints it: two blanks a level, nulls shown (heroku.md 0.1). */
final class Json {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

    private Json() {}

    /**
     * @param value made of maps, lists, strings and numbers
     */
    static String of(Object value) {
        return JsonString.harmless(GSON.toJson(value));
    }
}
