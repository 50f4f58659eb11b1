package dev.dyno.change;

import dev.dyno.slug.Names;
import dev.dyno.text.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The path of a file below the app, as the bytes it is; sorted by them, as git does. */
public final class Name implements Comparable<Name> {
    static final Name ROOT = new Name(new byte[0]);

    private final byte[] bytes;

    private Name(byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@code ./lib//a.rb} is {@code lib/a.rb}; empty for the app itself. */
    public static Name of(Path path) {
        return of(Names.bytes(path.normalize()));
    }

    static Name of(byte[] path) {
        return path.length == 0 ? ROOT : new Name(path);
    }

    Name child(byte[] name) {
        if (bytes.length == 0) {
            return new Name(name);
        }
        byte[] path = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
        path[bytes.length] = '/';
        System.arraycopy(name, 0, path, bytes.length + 1, name.length);
        return new Name(path);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    boolean isRoot() {
        return bytes.length == 0;
    }

    /** The directory it lies in. */
    Name parent() {
        int slash = lastSlash();
        return slash < 0 ? ROOT : new Name(Arrays.copyOf(bytes, slash));
    }

    /** What stands behind the last slash. */
    byte[] last() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    private int lastSlash() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    List<byte[]> parts() {
        var parts = new ArrayList<byte[]>();
        int start = 0;
        for (int end = 0; end <= bytes.length; end++) {
            if (end == bytes.length || bytes[end] == '/') {
                if (end > start) {
                    parts.add(Arrays.copyOfRange(bytes, start, end));
                }
                start = end + 1;
            }
        }
        return parts;
    }

    /** Whether it is this file or directory, or lies below it. */
    public boolean isWithin(Name directory) {
        int length = directory.bytes.length;
        return length == 0
                || (bytes.length >= length
                        && Arrays.equals(bytes, 0, length, directory.bytes, 0, length)
                        && (bytes.length == length || bytes[length] == '/'));
    }

    /** For people: one line that moves no cursor. */
    public String shown() {
        return Printable.escape(toString());
    }

    /** As UTF-8; what is none becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
