package dev.dyno.change;

import java.util.ArrayList;
import java.util.List;

/** How many lines of each file were added and deleted, as {@code git diff --stat} draws it. */
public final class Statistics {
    private static final int LEAST_NAME = 10;
    private static final int LEAST_GRAPH = 6;
    private static final String BINARY = "Bin";

    private final List<Counted> rows = new ArrayList<>();

    private Statistics(List<Change> changes) {
        changes.forEach(change -> rows.add(Counted.of(change)));
    }

    /**
     * Lines that end with a newline; nothing where there is no change.
     *
     * @param columns of the terminal; git takes 80 where there is none
     */
    public static String of(Changes changes, int columns) {
        return changes.all().isEmpty() ? "" : new Statistics(changes.all()).drawn(columns);
    }

    private String drawn(int columns) {
        long most = 0;
        int longest = 0;
        int binary = 0;
        int numbers = 0;
        for (Counted row : rows) {
            longest = Math.max(longest, row.name().length());
            if (row.binary()) {
                int sizes = digits(row.insertions()) + digits(row.deletions());
                binary = Math.max(binary, "Bin XXX -> YYY bytes".length() - 6 + sizes);
                numbers = BINARY.length();
            } else {
                most = Math.max(most, row.changed());
            }
        }
        numbers = Math.max(numbers, digits(most));
        int width = Math.max(columns, LEAST_NAME + LEAST_GRAPH + 6 + numbers);
        int graph = (int) Math.min(most + 4 > binary ? most : binary - 4, Integer.MAX_VALUE / 2);
        int names = longest;
        if (names + numbers + 6 + graph > width) {
            int share = width * 3 / 8 - numbers - 6;
            if (graph > share) {
                graph = Math.max(share, LEAST_GRAPH);
            }
            if (names > width - numbers - 6 - graph) {
                names = width - numbers - 6 - graph;
            } else {
                graph = width - numbers - 6 - names;
            }
        }
        var text = new StringBuilder();
        for (Counted row : rows) {
            String number = row.binary() ? BINARY : Long.toString(row.changed());
            text.append(' ').append(shortened(row.name(), names)).append(" | ");
            text.append(" ".repeat(numbers - number.length())).append(number);
            text.append(row.binary() ? sizes(row) : graph(row, graph, most)).append('\n');
        }
        return text.append(summary()).toString();
    }

    private static int digits(long number) {
        return Long.toString(number).length();
    }

    /** The end of what is too long, from a slash on where there is one. */
    private static String shortened(String name, int width) {
        if (name.length() <= width) {
            return name + " ".repeat(width - name.length());
        }
        int kept = width - 3;
        String end = name.substring(name.length() - kept);
        int slash = end.indexOf('/');
        String shown = slash < 0 ? end : end.substring(slash);
        return "..." + shown + " ".repeat(kept - shown.length());
    }

    private static String sizes(Counted row) {
        return row.changed() == 0
                ? ""
                : " " + row.deletions() + " -> " + row.insertions() + " bytes";
    }

    private static String graph(Counted row, int width, long most) {
        long plus = row.insertions();
        long minus = row.deletions();
        if (width <= most) {
            long total = scaled(plus + minus, width, most);
            if (total < 2 && plus > 0 && minus > 0) {
                total = 2;
            }
            if (plus < minus) {
                plus = scaled(plus, width, most);
                minus = total - plus;
            } else {
                minus = scaled(minus, width, most);
                plus = total - minus;
            }
        }
        return row.changed() == 0 ? "" : " " + "+".repeat((int) plus) + "-".repeat((int) minus);
    }

    /** At least one for anything at all. */
    private static long scaled(long lines, int width, long most) {
        return lines == 0 ? 0 : 1 + lines * (width - 1) / most;
    }

    private String summary() {
        long plus = 0;
        long minus = 0;
        for (Counted row : rows) {
            plus += row.binary() ? 0 : row.insertions();
            minus += row.binary() ? 0 : row.deletions();
        }
        var text = new StringBuilder(" " + count(rows.size(), "file") + " changed");
        if (plus > 0 || minus == 0) {
            text.append(", ").append(count(plus, "insertion")).append("(+)");
        }
        if (minus > 0 || plus == 0) {
            text.append(", ").append(count(minus, "deletion")).append("(-)");
        }
        return text.append('\n').toString();
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
