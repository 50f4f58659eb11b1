package dev.dyno.cli;

import dev.dyno.cli.Table.Cell;
import dev.dyno.dyno.DynoSize;
import dev.dyno.formation.Formation;
import dev.dyno.text.Palette;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The two tables of {@code ps:type}: each process type, and the dynos of each size. */
record SizeTables(Formation formation, Palette palette) {
    private static final int HOURS = 720;

    void print(PrintStream out) {
        var types = new Table("type", "size", "qty", "cost/hour", "max cost/month");
        var totals = new LinkedHashMap<DynoSize, Integer>();
        for (Map.Entry<String, Formation.Entry> each :
                new TreeMap<>(formation.entries()).entrySet()) {
            Formation.Entry entry = each.getValue();
            int monthly = monthly(entry.size());
            types.row(
                    new Cell(each.getKey(), palette::name),
                    new Cell(entry.size().label(), palette::info),
                    new Cell(Integer.toString(entry.quantity()), palette::info),
                    Cell.plain(monthly == 0 ? "" : hourly(monthly, entry.quantity())),
                    Cell.plain(monthly == 0 ? "" : "$" + monthly * entry.quantity()));
            totals.merge(entry.size(), entry.quantity(), Integer::sum);
        }
        var sums = new Table("type", "total");
        totals.forEach((size, count) ->
                sums.row(
                        new Cell(size.label(), palette::name),
                        new Cell(Integer.toString(count), palette::info)));
        header("Process Types", out);
        types.print(out);
        out.print("\n");
        header("Dyno Totals", out);
        sums.print(out);
        if (totals.containsKey(DynoSize.ECO)) {
            out.print("\n$5 (flat monthly fee, shared across all Eco dynos)\n");
        }
    }

    private void header(String text, PrintStream out) {
        out.print(palette.label("=== ") + palette.label(text) + "\n\n");
    }

    /** Of none as of one. */
    private static String hourly(int monthly, int quantity) {
        double cost = (double) monthly / HOURS * Math.max(1, quantity);
        return String.format(Locale.ROOT, "~$%.3f", cost);
    }

    /** What Heroku takes for a month, in dollars; 0 for Eco, which has one price for all. */
    private static int monthly(DynoSize size) {
        return switch (size) {
            case ECO -> 0;
            case BASIC -> 7;
            case STANDARD_1X -> 25;
            case STANDARD_2X -> 50;
            case PERFORMANCE_M -> 250;
            case PERFORMANCE_L, PERFORMANCE_L_RAM -> 500;
            case PERFORMANCE_XL -> 750;
            case PERFORMANCE_2XL -> 1500;
            case PRIVATE_S -> 225;
            case PRIVATE_M -> 450;
            case PRIVATE_L -> 900;
            case SHIELD_S -> 270;
            case SHIELD_M -> 540;
            case SHIELD_L -> 1080;
        };
    }
}
