package dev.dyno.cli;

import dev.dyno.text.Palette;
import dev.dyno.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A patch written to it is shown line by line, with nothing in it that a terminal would obey. */
final class PatchScreen extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final PrintStream out;
    private final Palette palette;

    PatchScreen(PrintStream out, Palette palette) {
        this.out = out;
        this.palette = palette;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            out.println(coloured(line.toString(StandardCharsets.UTF_8)));
            line.reset();
        } else {
            line.write(b);
        }
    }

    private String coloured(String text) {
        var parts = new ArrayList<String>();
        for (String part : List.of(text.split("\t", -1))) {
            parts.add(Printable.escape(part));
        }
        String shown = String.join("\t", parts);
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '+' -> palette.success(shown);
            case '-' -> palette.failure(shown);
            case '@' -> palette.info(shown);
            case 'd' -> palette.label(shown);
            default -> shown;
        };
    }
}
