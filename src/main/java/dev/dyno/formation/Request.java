package dev.dyno.formation;

import dev.dyno.dyno.DynoSize;
import dev.dyno.store.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What another window asks of a running formation; a file of fields on its way there. */
public sealed interface Request {
    /** One that makes another formation, and can be made where none runs, too. */
    sealed interface Change extends Request {
        /**
         * What it makes of a formation, which has an entry for each process type there is: all of
         * it, or a refusal.
         */
        Answer applyTo(Formation now);

        /** The process types it names. */
        Set<String> types();
    }

    /** {@code ps:scale web=2 worker+1}. */
    record Scale(List<ScaleChange> changes) implements Change {
        public Scale {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("changes nothing");
            }
        }

        @Override
        public Answer applyTo(Formation now) {
            Formation after = now;
            for (ScaleChange change : changes) {
                Formation.Entry entry = after.entries().get(change.type());
                if (entry == null) {
                    return Answer.unknownType(change.type());
                }
                long quantity = change.applyTo(entry.quantity());
                if (quantity > Formation.MOST) {
                    return new Answer.Refused(
                            "Couldn't scale " + change.type() + " to " + quantity + " dynos.",
                            "A process type has 0 to " + Formation.MOST + " dynos.",
                            Answer.INVALID);
                }
                DynoSize size = change.size().orElse(entry.size());
                after = after.with(change.type(), new Formation.Entry((int) quantity, size));
            }
            return new Answer.Done(after);
        }

        @Override
        public Set<String> types() {
            var types = new LinkedHashSet<String>();
            changes.forEach(change -> types.add(change.type()));
            return types;
        }
    }

    /** {@code ps:type web=standard-2x}: these process types get these sizes. */
    record Resize(Map<String, DynoSize> sizes) implements Change {
        public Resize {
            sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
            if (sizes.isEmpty()) {
                throw new IllegalArgumentException("changes nothing");
            }
        }

        @Override
        public Answer applyTo(Formation now) {
            Formation after = now;
            for (Map.Entry<String, DynoSize> each : sizes.entrySet()) {
                Formation.Entry entry = after.entries().get(each.getKey());
                if (entry == null) {
                    return Answer.unknownType(each.getKey());
                }
                after =
                        after.with(
                                each.getKey(),
                                new Formation.Entry(entry.quantity(), each.getValue()));
            }
            return new Answer.Done(after);
        }

        @Override
        public Set<String> types() {
            return sizes.keySet();
        }
    }

    /** {@code ps:restart}. */
    record Restart(Selection selection) implements Request {}

    /** {@code ps:stop}: for a formation's dyno much the same, since another takes its place. */
    record Stop(Selection selection) implements Request {}

    default Fields fields() {
        return switch (this) {
            case Scale(List<ScaleChange> changes) ->
                    words(
                            "scale",
                            changes.stream()
                                    .map(ScaleChange::toString)
                                    .collect(Collectors.joining(" ")));
            case Resize(Map<String, DynoSize> sizes) ->
                    words(
                            "resize",
                            sizes.entrySet().stream()
                                    .map(each -> each.getKey() + "=" + each.getValue().label())
                                    .collect(Collectors.joining(" ")));
            case Restart(Selection selection) -> selection.fields().with("request", "restart");
            case Stop(Selection selection) -> selection.fields().with("request", "stop");
        };
    }

    private static Fields words(String request, String words) {
        return new Fields(Map.of("request", request, "words", words));
    }

    /**
     * @throws IllegalArgumentException or {@link dev.dyno.UserError} where it is none
     */
    static Request of(Fields fields) {
        return switch (fields.get("request")) {
            case "scale" -> scale(fields.get("words"));
            case "resize" -> resize(fields.get("words"));
            case "restart" -> new Restart(Selection.of(fields));
            case "stop" -> new Stop(Selection.of(fields));
            default -> throw new IllegalArgumentException("no such request");
        };
    }

    private static Scale scale(String words) {
        return new Scale(Stream.of(words.split(" ", -1)).map(ScaleChange::parse).toList());
    }

    private static Resize resize(String words) {
        var sizes = new LinkedHashMap<String, DynoSize>();
        for (String word : words.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("no size: " + word);
            }
            sizes.put(word.substring(0, equals), DynoSize.parse(word.substring(equals + 1)));
        }
        return new Resize(sizes);
    }
}
