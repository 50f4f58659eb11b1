package dev.dyno.formation;

import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import dev.dyno.store.Fields;
import java.util.Map;

/** Which dynos a request is about. */
public sealed interface Selection {
    /** Those of the formation. */
    record All() implements Selection {}

    /** Those of one process type. */
    record Type(ProcessType type) implements Selection {}

    /** This one. */
    record OneDyno(DynoName name) implements Selection {}

    /** Whether a dyno of the formation is meant. */
    default boolean includes(DynoName name) {
        return switch (this) {
            case All() -> true;
            case Type(ProcessType type) -> name.type().equals(type);
            case OneDyno(DynoName one) -> name.equals(one);
        };
    }

    /** To be added to the fields of a request. */
    default Fields fields() {
        return new Fields(
                switch (this) {
                    case All() -> Map.of("select", "all");
                    case Type(ProcessType type) -> Map.of("select", "type", "name", type.name());
                    case OneDyno(DynoName name) ->
                            Map.of("select", "dyno", "name", name.toString());
                });
    }

    /**
     * @throws IllegalArgumentException or {@link dev.dyno.UserError} where it is none
     */
    static Selection of(Fields fields) {
        String name = fields.get("name");
        return switch (fields.get("select")) {
            case "all" -> new All();
            case "type" -> new Type(new ProcessType(name));
            case "dyno" -> new OneDyno(DynoName.parse(name));
            default -> throw new IllegalArgumentException("selects no dynos");
        };
    }
}
