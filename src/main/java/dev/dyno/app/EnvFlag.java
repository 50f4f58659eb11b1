package dev.dyno.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The config vars of {@code dyno run -e 'A=1;B=2'}, piece by piece as in heroku.md 1.2. */
public final class EnvFlag {
    /** What was understood, and a warning in Heroku's words for each piece that was not. */
    public record Parsed(ConfigVars values, List<String> warnings) {
        public Parsed {
            warnings = List.copyOf(warnings);
        }
    }

    private EnvFlag() {}

    public static Parsed parse(String flag) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        for (int start = 0, end; start <= flag.length(); start = end + 1) {
            int semicolon = flag.indexOf(';', start);
            end = semicolon < 0 ? flag.length() : semicolon;
            String piece = flag.substring(start, end);
            if (!assign(piece, values)) {
                warnings.add(
                        "env flag "
                                + Visible.escaped(named(piece))
                                + " appears invalid. Avoid using ';' in values.");
            }
        }
        return new Parsed(new ConfigVars(values), warnings);
    }

    /** Without what may be a value, and a secret one. */
    private static String named(String piece) {
        int equals = piece.indexOf('=');
        return equals < 0 || equals + 1 == piece.length()
                ? piece
                : piece.substring(0, equals + 1) + "...";
    }

    /** Heroku's {@code ^\s*([\w.-]+)\s*=\s*(.*)?\s*$}, where {@code .} stops at a line's end. */
    private static boolean assign(String piece, Map<String, String> values) {
        int length = piece.length();
        int name = WhiteSpace.skip(piece, 0, length);
        int nameEnd = name;
        while (nameEnd < length && isNameCharacter(piece.charAt(nameEnd))) {
            nameEnd++;
        }
        int equals = WhiteSpace.skip(piece, nameEnd, length);
        if (nameEnd == name || equals == length || piece.charAt(equals) != '=') {
            return false;
        }
        int value = WhiteSpace.skip(piece, equals + 1, length);
        int valueEnd = value;
        while (valueEnd < length && !WhiteSpace.endsLine(piece.charAt(valueEnd))) {
            valueEnd++;
        }
        if (WhiteSpace.skip(piece, valueEnd, length) < length || piece.indexOf('\0') >= 0) {
            return false;
        }
        values.put(piece.substring(name, nameEnd), piece.substring(value, valueEnd));
        return true;
    }

    private static boolean isNameCharacter(char c) {
        return ProcessType.isWordCharacter(c) || c == '.' || c == '-';
    }
}
