package dev.dyno.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of JSON (RFC 8259): strings, numbers, lists, maps, true, false and null. A recording
 * may come from anybody, so nothing else is accepted.
 */
final class JsonLine {
    private static final int DEEPEST = 32;

    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    /** A list; null where the line is none. */
    static @Nullable List<?> list(String line) {
        return parse(line) instanceof List<?> list ? list : null;
    }

    /** An object; null where the line is none. */
    static @Nullable Map<?, ?> map(String line) {
        return parse(line) instanceof Map<?, ?> map ? map : null;
    }

    private static @Nullable Object parse(String line) {
        var json = new JsonLine(line);
        try {
            Object value = json.value(0);
            json.blanks();
            return json.at == line.length() ? value : null;
        } catch (Wrong | NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** It is no JSON. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private @Nullable Object value(int depth) {
        blanks();
        if (depth > DEEPEST) {
            throw new Wrong();
        }
        return switch (text.charAt(at)) {
            case '"' -> string();
            case '[' -> items(depth);
            case '{' -> fields(depth);
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private List<@Nullable Object> items(int depth) {
        var items = new ArrayList<@Nullable Object>();
        at++;
        if (isNext(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (isNext(','));
        need(']');
        return items;
    }

    private Map<String, @Nullable Object> fields(int depth) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        at++;
        if (isNext('}')) {
            return fields;
        }
        do {
            blanks();
            String name = string();
            need(':');
            fields.put(name, value(depth + 1));
        } while (isNext(','));
        need('}');
        return fields;
    }

    private String string() {
        need('"');
        var string = new StringBuilder();
        while (true) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw new Wrong();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = 0;
                for (int end = at + 4; at < end; at++) {
                    int digit = Character.digit(text.charAt(at), 16);
                    if (digit < 0) {
                        throw new Wrong();
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw new Wrong();
        };
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.valueOf(text.substring(start, at));
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw new Wrong();
        }
        at += word.length();
        return meaning;
    }

    private boolean isNext(char wanted) {
        blanks();
        boolean is = text.charAt(at) == wanted;
        at += is ? 1 : 0;
        return is;
    }

    private void need(char wanted) {
        if (!isNext(wanted)) {
            throw new Wrong();
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
