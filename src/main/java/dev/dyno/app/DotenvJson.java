package dev.dyno.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An .env file that is a JSON object, flattened to {@code UPPER_CASE} names joined with {@code _}
 * (heroku.md 6.4); as there, null and what is empty contribute nothing.
 */
final class DotenvJson {
    private final Findings findings;
    private final Map<String, String> values;

    DotenvJson(Findings findings, Map<String, String> values) {
        this.findings = findings;
        this.values = values;
    }

    void parse(String text) {
        JsonFile.parse(text, findings).ifPresent(root -> flatten("", root));
    }

    private void flatten(String path, JsonElement element) {
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member : element.getAsJsonObject().entrySet()) {
                flatten(joined(path, member.getKey()), member.getValue());
            }
        } else if (element.isJsonArray()) {
            List<JsonElement> items = element.getAsJsonArray().asList();
            for (int i = 0; i < items.size(); i++) {
                flatten(joined(path, Integer.toString(i)), items.get(i));
            }
        } else if (element.isJsonPrimitive()) {
            define(path.toUpperCase(Locale.ROOT), asString(element.getAsJsonPrimitive()));
        }
    }

    private void define(String name, String value) {
        if (!ConfigVars.isName(name)) {
            String shown = Visible.escaped(Visible.shortened(name));
            findings.error("invalid variable name '" + shown + "'");
        } else if (value.indexOf('\0') >= 0) {
            findings.error(Utf8.NUL);
        } else if (!Utf8.canEncode(name) || !Utf8.canEncode(value)) {
            findings.error(Utf8.INVALID);
        } else {
            values.put(name, value);
        }
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "_" + key;
    }

    private static String asString(JsonPrimitive value) {
        return value.isNumber() ? javaScript(value.getAsDouble()) : value.getAsString();
    }

    /** A number as JavaScript prints it: 1, 1.5, 1e+21 (ECMA-262, Number::toString). */
    static String javaScript(double number) {
        if (Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - decimal.scale() - 1;
        if (decimal.signum() == 0 || (exponent >= -6 && exponent < 21)) {
            return decimal.toPlainString();
        }
        var printed = new StringBuilder(number < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            printed.append('.').append(digits, 1, digits.length());
        }
        return printed.append(exponent < 0 ? "e" : "e+").append(exponent).toString();
    }
}
