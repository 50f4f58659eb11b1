package dev.dyno.slug;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names of files as the bytes they are, whatever the locale makes of them. */
public final class Names {
    private Names() {}

    public static byte[] bytes(Path name) {
        String text = name.toString();
        return isAscii(text) ? text.getBytes(StandardCharsets.ISO_8859_1) : rawBytes(name);
    }

    public static Path path(byte[] name) {
        var text = new String(name, StandardCharsets.ISO_8859_1);
        return isAscii(text) ? Path.of(text) : rawPath(name);
    }

    /** One for each name, to find it by. */
    static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** A link's target, which may be any path. */
    static Path target(byte[] target) {
        var text = new String(target, StandardCharsets.ISO_8859_1);
        if (isAscii(text)) {
            return Path.of(text);
        }
        Path root = Path.of("/");
        Path path = target[0] == '/' ? root : Path.of("");
        int start = 0;
        for (int end = 0; end <= target.length; end++) {
            if (end == target.length || target[end] == '/') {
                if (end > start) {
                    path = path.resolve(path(java.util.Arrays.copyOfRange(target, start, end)));
                }
                start = end + 1;
            }
        }
        return path;
    }

    /** For people and for patterns; what is not UTF-8 becomes U+FFFD. */
    static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    static boolean endsWith(byte[] name, String end) {
        int start = name.length - end.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < end.length(); i++) {
            if (name[start + i] != end.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** As the kernel wants a name: with a NUL behind it. */
    static byte[] terminated(byte[] name) {
        return java.util.Arrays.copyOf(name, name.length + 1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** A path's URI is the one way to its bytes that does not pass through the locale. */
    private static byte[] rawBytes(Path path) {
        String uri = Path.of("/").resolve(path).toUri().getRawPath();
        var bytes = new byte[uri.length()];
        int count = 0;
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length(); // so it says "directory"
        for (int i = path.isAbsolute() ? 0 : 1; i < end; i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes[count++] = (byte) Integer.parseInt(uri, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[count++] = (byte) c;
            }
        }
        return java.util.Arrays.copyOf(bytes, count);
    }

    private static Path rawPath(byte[] name) {
        var uri = new StringBuilder("file:///");
        for (byte each : name) {
            uri.append('%')
                    .append(Character.forDigit((each >> 4) & 15, 16))
                    .append(Character.forDigit(each & 15, 16));
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }
}
