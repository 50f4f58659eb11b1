package dev.dyno.recording;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recording read by the letter of asciicast 2's description, with another's JSON reader: the
 * header's names and types, each event a list of three, times that never go back.
 */
public record StrictCast(Map<String, String> header, List<Event> events) {
    public static StrictCast read(Path file) throws IOException {
        String text =
                Files.readString(file, StandardCharsets.UTF_8); // which throws for what is none
        if (!text.endsWith("\n")) {
            throw new AssertionError("a torn line: " + text.substring(text.lastIndexOf('\n') + 1));
        }
        List<String> lines = text.lines().toList();
        var events = new ArrayList<Event>();
        long before = 0;
        for (String line : lines.subList(1, lines.size())) {
            Event event = event(line);
            if (event.micros() < before) {
                throw new AssertionError("time goes back: " + line);
            }
            before = event.micros();
            events.add(event);
        }
        return new StrictCast(header(lines.getFirst()), events);
    }

    private static Map<String, String> header(String line) throws IOException {
        var header = new LinkedHashMap<String, String>();
        try (JsonReader json = reader(line)) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                switch (name) {
                    case "version", "width", "height", "timestamp" ->
                            header.put(name, Long.toString(json.nextLong()));
                    case "command", "title" -> header.put(name, json.nextString());
                    case "env" -> {
                        json.beginObject();
                        while (json.hasNext()) {
                            header.put(name + "." + json.nextName(), json.nextString());
                        }
                        json.endObject();
                    }
                    default -> throw new AssertionError("unknown in the header: " + name);
                }
            }
            json.endObject();
        }
        return header;
    }

    private static Event event(String line) throws IOException {
        try (JsonReader json = reader(line)) {
            json.beginArray();
            double seconds = json.nextDouble();
            String kind = json.nextString();
            String data = json.nextString();
            json.endArray();
            if (json.peek() != JsonToken.END_DOCUMENT || !kind.matches("[oirx]")) {
                throw new AssertionError("no event: " + line);
            }
            if (kind.equals("r") && !data.matches("[1-9][0-9]*x[1-9][0-9]*")) {
                throw new AssertionError("no size: " + line);
            }
            return new Event(Math.round(seconds * 1_000_000), kind.charAt(0), data);
        }
    }

    private static JsonReader reader(String line) {
        var json = new JsonReader(new StringReader(line));
        json.setStrictness(Strictness.STRICT);
        return json;
    }

    /** All of one kind, joined. */
    public String all(char kind) {
        var all = new StringBuilder();
        for (Event event : events) {
            if (event.kind() == kind) {
                all.append(event.data());
            }
        }
        return all.toString();
    }
}
