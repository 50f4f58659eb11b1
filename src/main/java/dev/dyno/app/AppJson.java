package dev.dyno.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app.json says of the app it is read for the first time for (heroku.md 6.5).
 *
 * @param env config vars and their values
 * @param secrets config vars to be given a random value each
 * @param required config vars that only the user knows
 * @param formation how many dynos of each process type, and of which size
 * @param postdeploy a command for after the first deploy; empty where there is none
 */
public record AppJson(
        ConfigVars env,
        List<String> secrets,
        List<String> required,
        Map<String, Dynos> formation,
        String postdeploy) {
    public static final String NAME = "app.json";

    private static final int MOST = 100;

    /**
     * Of one process type.
     *
     * @param size as it stands there; empty where it does not say
     */
    public record Dynos(int quantity, String size) {}

    public AppJson {
        secrets = List.copyOf(secrets);
        required = List.copyOf(required);
        formation = Collections.unmodifiableMap(new LinkedHashMap<>(formation));
    }

    /** Empty where there is no such file. */
    public static Optional<Reading<AppJson>> read(Path directory) {
        return AppFile.read(directory.resolve(NAME)).map(AppJson::parse);
    }

    static Reading<AppJson> parse(byte[] content) {
        var findings = new Findings(NAME);
        String text = Utf8.decode(content, findings);
        var reader = new Reader(findings);
        if (!findings.hasErrors()) {
            JsonFile.parse(text, findings)
                    .flatMap(root -> reader.object("it", root))
                    .ifPresent(reader::read);
        }
        return findings.about(
                new AppJson(
                        new ConfigVars(reader.env),
                        reader.secrets,
                        reader.required,
                        reader.formation,
                        reader.postdeploy));
    }

    /** Takes what is known, and names what is not as it should be; all else is let be. */
    private static final class Reader {
        private final Findings findings;
        private final Map<String, String> env = new LinkedHashMap<>();
        private final List<String> secrets = new ArrayList<>();
        private final List<String> required = new ArrayList<>();
        private final Map<String, Dynos> formation = new LinkedHashMap<>();
        private String postdeploy = "";

        Reader(Findings findings) {
            this.findings = findings;
        }

        private void wrong(String what) {
            findings.error(Visible.escaped(Visible.shortened(what)));
        }

        Optional<JsonObject> object(String path, JsonElement element) {
            if (element.isJsonObject()) {
                return Optional.of(element.getAsJsonObject());
            }
            wrong(path + " is no object");
            return Optional.empty();
        }

        private Map<String, JsonElement> members(JsonObject parent, String name) {
            JsonElement element = parent.get(name);
            return element == null || element.isJsonNull()
                    ? Map.of()
                    : object(name, element).map(JsonObject::asMap).orElse(Map.of());
        }

        void read(JsonObject root) {
            members(root, "env").forEach(this::env);
            members(root, "formation").forEach(this::dynos);
            JsonElement command = members(root, "scripts").get("postdeploy");
            if (command != null && command.isJsonObject()) {
                command = command.getAsJsonObject().get("command");
            }
            if (command != null && command.isJsonPrimitive()) {
                postdeploy = command.getAsString();
            }
        }

        private void env(String name, JsonElement element) {
            String path = "env." + name;
            if (!ConfigVars.isName(name)) {
                wrong(path + " is no name of a config var");
            } else if (element.isJsonPrimitive()) {
                put(name, element.getAsString());
            } else if (!element.isJsonNull()) {
                object(path, element).ifPresent(object -> env(name, object));
            }
        }

        private void env(String name, JsonObject object) {
            JsonElement value = object.get("value");
            JsonElement generator = object.get("generator");
            if (value != null && !value.isJsonNull()) {
                if (value.isJsonPrimitive()) {
                    put(name, value.getAsString());
                } else {
                    wrong("env." + name + ".value is no text");
                }
            } else if (generator != null && !generator.isJsonNull()) {
                if (generator.isJsonPrimitive() && generator.getAsString().equals("secret")) {
                    secrets.add(name);
                } else {
                    wrong("env." + name + ".generator is not \"secret\"");
                }
            } else if (isRequired(object.get("required"))) {
                required.add(name);
            }
        }

        private static boolean isRequired(@org.jspecify.annotations.Nullable JsonElement given) {
            return given == null || !given.isJsonPrimitive() || given.getAsBoolean();
        }

        private void put(String name, String value) {
            if (value.indexOf('\0') >= 0 || !Utf8.canEncode(value)) {
                wrong("env." + name + " cannot be a value");
            } else {
                env.put(name, value);
            }
        }

        private void dynos(String type, JsonElement element) {
            String path = "formation." + type;
            if (!ProcessType.isValid(type)) {
                wrong(path + " is no process type");
                return;
            }
            object(path, element)
                    .ifPresent(object -> {
                        JsonElement quantity = object.get("quantity");
                        JsonElement size = object.get("size");
                        int count = quantity == null ? 1 : quantity(path, quantity);
                        boolean named = size != null && size.isJsonPrimitive();
                        formation.put(type, new Dynos(count, named ? size.getAsString() : ""));
                    });
        }

        private int quantity(String path, JsonElement element) {
            try {
                int quantity = element.getAsInt();
                if (quantity >= 0 && quantity <= MOST) {
                    return quantity;
                }
            } catch (NumberFormatException
                    | IllegalStateException
                    | UnsupportedOperationException e) {
                // said below
            }
            wrong(path + ".quantity is not 0 to " + MOST);
            return 0;
        }
    }
}
