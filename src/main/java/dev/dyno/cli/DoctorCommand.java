package dev.dyno.cli;

import dev.dyno.text.Palette;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dyno doctor}: what this machine gives dyno, and what would give it more. */
final class DoctorCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Command.named(
                        "doctor",
                        "tell what this machine gives dyno, and what is missing",
                        "  $ dyno doctor",
                        "  $ dyno doctor --json")
                .addOption(Command.flag("output in json format", "--json"))
                .addOption(Command.flag("say it without colours", "--no-color"));
    }

    @Override
    public int run(ParseResult options, World world) {
        List<Diagnosis> all = new Examination(world).all();
        if (options.hasMatchedOption("--json")) {
            world.out().println(Json.of(json(all)));
        } else {
            print(all, world.palette(options.hasMatchedOption("--no-color")), world);
        }
        boolean hopeless = all.stream().anyMatch(one -> one.state() == Diagnosis.State.BROKEN);
        return hopeless ? 1 : 0;
    }

    private static void print(List<Diagnosis> all, Palette palette, World world) {
        for (Diagnosis one : all) {
            String mark =
                    switch (one.state()) {
                        case GOOD -> palette.success("✓");
                        case LESS -> palette.warning("!");
                        case BROKEN -> palette.failure("✗");
                    };
            String pad = " ".repeat(Math.max(1, 11 - one.name().length()));
            world.out().println(mark + " " + palette.label(one.name()) + pad + one.text());
            for (String line : one.remedy().lines().toList()) {
                world.out().println("  " + " ".repeat(11) + line);
            }
        }
    }

    private static List<Map<String, String>> json(List<Diagnosis> all) {
        var list = new ArrayList<Map<String, String>>();
        for (Diagnosis one : all) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("name", one.name());
            fields.put("state", one.state().word());
            fields.put("text", one.text());
            fields.put("remedy", one.remedy());
            list.add(fields);
        }
        return list;
    }
}
