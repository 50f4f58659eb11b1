package dev.dyno.formation;

import dev.dyno.CalledAs;
import dev.dyno.store.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What became of a {@link Request}; a file of fields on its way back. */
public sealed interface Answer {
    /** Heroku's ids of errors (heroku.md 2.4). */
    String NOT_FOUND = "not_found";

    String INVALID = "invalid_params";

    /** It is done, or will be in its time; the formation is this now. */
    record Done(Formation formation) implements Answer {}

    /**
     * Nothing of it is done.
     *
     * @param error what is wrong, in Heroku's words where it has some
     * @param hint what to do; empty where the error says it
     * @param id of the error, as Heroku's API has it
     */
    record Refused(String error, String hint, String id) implements Answer {}

    /** In Heroku's words (heroku.md 2.4). */
    static Refused unknownType(String type) {
        return new Refused("Couldn't find that process type (" + type + ").", "", NOT_FOUND);
    }

    /** In the words of {@code ps:restart} and {@code ps:stop} (heroku.md 2.2). */
    static Refused unknownDyno() {
        return new Refused(
                "Couldn't find that dyno.",
                "See the dynos that run with: " + CalledAs.NAME + " ps",
                NOT_FOUND);
    }

    default Fields fields() {
        var fields = new LinkedHashMap<String, String>();
        switch (this) {
            case Done(Formation formation) -> {
                fields.put("answer", "done");
                formation.entries().forEach((type, entry) -> fields.put(type(type), entry + ""));
            }
            case Refused(String error, String hint, String id) -> {
                fields.put("answer", "refused");
                fields.put("error", error);
                fields.put("hint", hint);
                fields.put("id", id);
            }
        }
        return new Fields(fields);
    }

    private static String type(String type) {
        return "type." + type;
    }

    /**
     * @throws IllegalArgumentException where it is none
     */
    static Answer of(Fields fields) {
        return switch (fields.get("answer")) {
            case "done" -> new Done(formation(fields));
            case "refused" ->
                    new Refused(fields.get("error"), fields.get("hint"), fields.get("id"));
            default -> throw new IllegalArgumentException("no answer");
        };
    }

    private static Formation formation(Fields fields) {
        String prefix = type("");
        var entries = new LinkedHashMap<String, Formation.Entry>();
        for (Map.Entry<String, String> field : fields.values().entrySet()) {
            if (field.getKey().startsWith(prefix)) {
                Optional<Formation.Entry> entry = Formation.Entry.parse(field.getValue());
                entries.put(
                        field.getKey().substring(prefix.length()),
                        entry.orElseThrow(() ->
                                new IllegalArgumentException("no quantity: " + field.getValue())));
            }
        }
        return new Formation(entries);
    }
}
