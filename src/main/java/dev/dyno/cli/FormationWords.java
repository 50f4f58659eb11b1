package dev.dyno.cli;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code web}, {@code web=2,worker=1}, {@code all=2}: which dynos {@code dyno local} starts. */
final class FormationWords {
    private static final int MOST = 100;

    private FormationWords() {}

    /**
     * How many dynos of each of these process types; others are named 0 times.
     *
     * @param types those there are, but for {@code release}
     * @throws UserError for a type there is not, or a number that is none
     */
    static Map<String, Integer> parse(List<String> words, List<String> types) {
        var quantities = new LinkedHashMap<String, Integer>();
        types.forEach(type -> quantities.put(type, 0));
        var named = new ArrayList<String>();
        for (String word : words) {
            named.addAll(List.of(word.split(",")));
        }
        for (String each : named) {
            String word = each.strip();
            if (word.isEmpty()) {
                continue;
            }
            int equals = word.indexOf('=');
            String type = equals < 0 ? word : word.substring(0, equals).strip();
            int quantity = equals < 0 ? 1 : quantity(word, word.substring(equals + 1).strip());
            if (type.equals("all") && !types.contains("all")) {
                types.forEach(one -> quantities.put(one, quantity));
            } else if (types.contains(type)) {
                quantities.put(type, quantity);
            } else {
                throw unknown(type, types);
            }
        }
        return quantities;
    }

    private static int quantity(String word, String number) {
        try {
            int quantity = Integer.parseInt(number);
            if (quantity >= 0 && quantity <= MOST) {
                return quantity;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError(
                "'" + Printable.escape(word) + "' says no number of dynos",
                "It is a process type and 0 to "
                        + MOST
                        + ": "
                        + CalledAs.NAME
                        + " local web=2,worker=1.");
    }

    private static UserError unknown(String type, List<String> types) {
        if (type.equals("release")) {
            return new UserError(
                    "release is no process type to start: it runs by itself on each new release",
                    "To run it now: " + CalledAs.NAME + " run release");
        }
        return new UserError(
                "no process type '" + Printable.escape(type) + "' in the Procfile",
                "It has: " + String.join(", ", types) + ".");
    }
}
