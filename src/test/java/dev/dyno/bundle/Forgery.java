package dev.dyno.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/**
 * A bundle's archive taken apart, to be changed and put together with a check sum that is right.
 */
final class Forgery {
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> entries = new ArrayList<>();

    /** Each entry, with its header and its padding, but the seal. */
    Forgery(byte[] bundle) throws IOException {
        byte[] archive;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            archive = in.readAllBytes();
        }
        var in = new ByteArrayInputStream(archive);
        for (int at = 0; at < archive.length - 2048; ) {
            Header header = java.util.Objects.requireNonNull(Header.read(in));
            in.skipNBytes(header.size() + Header.padding(header.size()));
            int end = archive.length - in.available();
            names.add(header.name());
            entries.add(Arrays.copyOfRange(archive, at, end));
            at = end;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] entry(Header header, byte[] contents) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.bytes());
        bytes.writeBytes(contents);
        bytes.writeBytes(new byte[Header.padding(contents.length)]);
        return bytes.toByteArray();
    }

    static byte[] file(String name, String contents) {
        var header = new Header(bytes(name), '0', 0644, contents.length(), 0, new byte[0]);
        return entry(header, bytes(contents));
    }

    static byte[] link(String name, String target) {
        return entry(new Header(bytes(name), '2', 0777, 0, 0, bytes(target)), new byte[0]);
    }

    static byte[] directory(String name) {
        return entry(new Header(bytes(name), '5', 0755, 0, 0, new byte[0]), new byte[0]);
    }

    /** A header with other bytes in it, and the sum that it must have then. */
    static byte[] patched(byte[] entry, int at, String text) {
        byte[] patched = entry.clone();
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, patched, at, bytes.length);
        Arrays.fill(patched, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += patched[i] & 0xff;
        }
        System.arraycopy(bytes(String.format("%06o", sum)), 0, patched, 148, 6);
        patched[154] = 0;
        return patched;
    }

    private int index(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (Arrays.equals(names.get(i), bytes(name))) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** With these in place of an entry. */
    Forgery replace(String name, byte[]... by) {
        int at = index(name);
        names.remove(at);
        entries.remove(at);
        return insert(at, by);
    }

    Forgery after(String name, byte[]... more) {
        return insert(index(name) + 1, more);
    }

    private Forgery insert(int at, byte[]... more) {
        entries.addAll(at, List.of(more));
        for (byte[] each : more) {
            names.add(at, Arrays.copyOf(each, 0));
        }
        return this;
    }

    /** With the text of an entry of dyno's own changed. */
    Forgery edit(String name, UnaryOperator<String> change) throws IOException {
        byte[] entry = entries.get(index(name));
        var in = new ByteArrayInputStream(entry);
        Header header = java.util.Objects.requireNonNull(Header.read(in));
        String text =
                change.apply(
                        new String(
                                in.readNBytes((int) header.size()), StandardCharsets.ISO_8859_1));
        return replace(name, entry(Header.file(name, text.length()), bytes(text)));
    }

    byte[] seal() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packer = new Packer(out)) {
            for (byte[] entry : entries) {
                packer.write(entry);
            }
            packer.seal();
        }
        return out.toByteArray();
    }
}
