package dev.dyno.process;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of whoever called dyno, byte for byte. What scripts/dyno changed for the JVM it
 * has kept in variables called {@code DYNO_CALLER_…}; here they get their own names back.
 */
final class CallersEnvironment {
    private static final String KEPT = "DYNO_CALLER_";

    /** Kept always: the signals the caller had ignored, as a mask in hexadecimal digits. */
    private static final String SIGNALS = KEPT + "SIGNALS";

    /** A character for each byte, in names and values. */
    private final Map<String, String> variables;

    private final long ignoredSignals;

    private CallersEnvironment(Map<String, String> variables, long ignoredSignals) {
        this.variables = variables;
        this.ignoredSignals = ignoredSignals;
    }

    static CallersEnvironment read() {
        var all = new LinkedHashMap<String, String>();
        for (String each : environ()) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                all.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        String signals = all.remove(SIGNALS);
        if (signals == null) {
            return new CallersEnvironment(all, 0); // not started by scripts/dyno
        }
        all.remove("LC_ALL");
        for (String name : List.copyOf(all.keySet())) {
            if (name.startsWith(KEPT)) {
                all.put(name.substring(KEPT.length()), all.getOrDefault(name, ""));
                all.remove(name);
            }
        }
        return new CallersEnvironment(all, mask(signals));
    }

    /** Whether the caller had this signal ignored, so that programs it starts ignore it too. */
    boolean ignores(int signal) {
        return (ignoredSignals >>> (signal - 1) & 1) != 0;
    }

    /** Each as {@code NAME=value}, with these added or overriding. */
    List<byte[]> with(Map<String, String> more) {
        var all = new LinkedHashMap<>(variables);
        more.forEach((name, value) -> all.put(bytes(name), bytes(value)));
        var entries = new ArrayList<byte[]>();
        all.forEach((name, value) ->
                entries.add((name + "=" + value).getBytes(StandardCharsets.ISO_8859_1)));
        return entries;
    }

    /** UTF-8, a character for each byte. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static long mask(String hexadecimal) {
        try {
            return hexadecimal.isEmpty() ? 0 : Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The C library's own, since Java's has lost what is not UTF-8. */
    private static List<String> environ() {
        var entries = new ArrayList<String>();
        Pointer entry =
                NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
                        .getGlobalVariableAddress("environ")
                        .getPointer(0);
        for (long at = 0; entry.getPointer(at) != null; at += Native.POINTER_SIZE) {
            entries.add(entry.getPointer(at).getString(0, "ISO-8859-1"));
        }
        return entries;
    }
}
