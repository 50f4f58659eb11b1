package dev.dyno.formation;

import dev.dyno.app.ProcessType;
import dev.dyno.dyno.DynoName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All slots of a formation there ever were: by type as first seen, then by number. */
final class Slots {
    private final Plan.Rules rules;
    private final Consumer<Action> out;
    private final Map<String, List<Slot>> byType = new LinkedHashMap<>();

    Slots(Plan.Rules rules, Consumer<Action> out) {
        this.rules = rules;
        this.out = out;
    }

    Stream<Slot> all() {
        return byType.values().stream().flatMap(List::stream);
    }

    Stream<Life> lives() {
        return all().map(Slot::life);
    }

    /** The slot of this name, if anything runs there. */
    Optional<Slot> alive(DynoName name) {
        List<Slot> ofType = byType.getOrDefault(name.type().name(), List.of());
        return name.number() <= ofType.size()
                ? Optional.of(ofType.get(name.number() - 1)).filter(slot -> slot.life().isOn())
                : Optional.empty();
    }

    /** Of each type that is named, the lowest numbers are wanted and the others no more. */
    void scale(Instant now, Map<String, Integer> quantities) {
        quantities.forEach(this::makeRoom);
        byType.forEach((type, ofType) -> {
            Integer quantity = quantities.get(type);
            if (quantity != null) {
                ofType.subList(0, quantity).forEach(slot -> slot.want(now));
                ofType.subList(quantity, ofType.size()).forEach(slot -> slot.drop(now));
            }
        });
    }

    private void makeRoom(String type, int quantity) {
        List<Slot> ofType = byType.computeIfAbsent(type, _ -> new ArrayList<>());
        while (ofType.size() < quantity) {
            var name = new DynoName(new ProcessType(type), ofType.size() + 1);
            ofType.add(new Slot(name, rules, out));
        }
    }
}
