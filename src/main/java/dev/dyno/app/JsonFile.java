package dev.dyno.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/** A file that is one JSON value. */
final class JsonFile {
    private JsonFile() {}

    /** Empty, with the place of the error found, where there is none. */
    static Optional<JsonElement> parse(String text, Findings findings) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement root = JsonParser.parseReader(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT) {
                return Optional.of(root);
            }
        } catch (JsonParseException | IOException e) {
            // Gson tells the place only in its message.
            String message = String.valueOf(e.getMessage());
            int line = numberAfter(" at line ", message);
            findings.error(line, numberAfter(" column ", message), "not valid JSON", "");
        }
        return Optional.empty();
    }

    private static int numberAfter(String words, String message) {
        int start = message.indexOf(words);
        int number = 0;
        for (int i = start + words.length(); start >= 0 && i < message.length(); i++) {
            int digit = Character.digit(message.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
