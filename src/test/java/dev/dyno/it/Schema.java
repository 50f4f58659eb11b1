package dev.dyno.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** docs/schema.json: as much of JSON Schema 2020-12 as that needs, and an error for the rest. */
public final class Schema {
    private final JsonObject root;

    private Schema(JsonObject root) {
        this.root = root;
    }

    public static Schema read() throws IOException {
        Path file = Path.of(System.getProperty("dyno.root", "."), "docs/schema.json");
        return new Schema(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    }

    /** The commands whose output it describes. */
    public Set<String> commands() {
        return root.getAsJsonObject("properties").keySet();
    }

    /** What is wrong with this output of the command, with the place; empty where nothing is. */
    List<String> faults(String command, String output) {
        var faults = new ArrayList<String>();
        JsonElement schema = root.getAsJsonObject("properties").get(command);
        check(JsonParser.parseString(output), schema.getAsJsonObject(), command, faults);
        return faults;
    }

    private void check(JsonElement value, JsonObject schema, String at, List<String> faults) {
        for (Map.Entry<String, JsonElement> each : schema.entrySet()) {
            JsonElement wanted = each.getValue();
            boolean good =
                    switch (each.getKey()) {
                        case "type" -> isOne(value, wanted);
                        case "enum" -> wanted.getAsJsonArray().contains(value);
                        case "pattern" ->
                                !isString(value)
                                        || Pattern.compile(wanted.getAsString())
                                                .matcher(value.getAsString())
                                                .find();
                        case "minimum" ->
                                !isNumber(value) || value.getAsLong() >= wanted.getAsLong();
                        case "maximum" ->
                                !isNumber(value) || value.getAsLong() <= wanted.getAsLong();
                        case "maxItems" ->
                                !value.isJsonArray()
                                        || value.getAsJsonArray().size() <= wanted.getAsInt();
                        case "required" ->
                                !value.isJsonObject()
                                        || wanted.getAsJsonArray().asList().stream()
                                                .allMatch(name ->
                                                        value.getAsJsonObject()
                                                                .has(name.getAsString()));
                        case "anyOf" -> isAny(value, wanted.getAsJsonArray(), at);
                        case "$ref" -> {
                            check(value, definition(wanted.getAsString()), at, faults);
                            yield true;
                        }
                        case "items" -> {
                            items(value, wanted.getAsJsonObject(), at, faults);
                            yield true;
                        }
                        case "properties", "additionalProperties" -> true;
                        case "description" -> true;
                        default ->
                                throw new IllegalArgumentException(
                                        "not known to this test: " + each.getKey());
                    };
            if (!good) {
                faults.add(at + ": " + value + " is not of " + each.getKey() + " " + wanted);
            }
        }
        fields(value, schema, at, faults);
    }

    private void fields(JsonElement value, JsonObject schema, String at, List<String> faults) {
        if (!value.isJsonObject()) {
            return;
        }
        JsonObject known =
                schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        JsonElement others = schema.get("additionalProperties");
        for (Map.Entry<String, JsonElement> field : value.getAsJsonObject().entrySet()) {
            String place = at + "." + field.getKey();
            if (known.has(field.getKey())) {
                check(field.getValue(), known.getAsJsonObject(field.getKey()), place, faults);
            } else if (others != null && others.isJsonObject()) {
                check(field.getValue(), others.getAsJsonObject(), place, faults);
            } else if (others != null) {
                faults.add(place + " is not in the schema");
            }
        }
    }

    private void items(JsonElement value, JsonObject schema, String at, List<String> faults) {
        if (value.isJsonArray()) {
            for (JsonElement item : value.getAsJsonArray()) {
                check(item, schema, at + "[]", faults);
            }
        }
    }

    private boolean isAny(JsonElement value, JsonArray schemas, String at) {
        for (JsonElement schema : schemas) {
            var faults = new ArrayList<String>();
            check(value, schema.getAsJsonObject(), at, faults);
            if (faults.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private JsonObject definition(String reference) {
        String name = reference.substring("#/$defs/".length());
        return root.getAsJsonObject("$defs").getAsJsonObject(name);
    }

    private static boolean isOne(JsonElement value, JsonElement types) {
        return types.isJsonArray()
                ? types.getAsJsonArray().asList().stream().anyMatch(type -> isOne(value, type))
                : switch (types.getAsString()) {
                    case "null" -> value.isJsonNull();
                    case "object" -> value.isJsonObject();
                    case "array" -> value.isJsonArray();
                    case "string" -> isString(value);
                    case "integer" -> isNumber(value) && value.getAsString().matches("-?\\d+");
                    case "boolean" ->
                            value instanceof JsonPrimitive primitive && primitive.isBoolean();
                    default -> throw new IllegalArgumentException("no type: " + types);
                };
    }

    private static boolean isString(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static boolean isNumber(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber();
    }
}
