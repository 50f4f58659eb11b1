package dev.dyno.slug;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Lays a tree out as {@link Index} reads it. */
final class IndexWriter {
    private final Entry root;
    private final int count;
    private final ByteBuffer content;
    private final int namesStart;
    private final int namesLength;
    private final int hashesStart;
    private int next;
    private int name;

    IndexWriter(Entry root) {
        this.root = root;
        count = root.count();
        namesLength = namesLength(root);
        namesStart = Index.HEADER + count * Index.ROW * 8;
        hashesStart = namesStart + namesLength + 8;
        content =
                ByteBuffer.allocate(hashesStart + count * Index.HASH + 8)
                        .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int namesLength(Entry entry) {
        int length = entry.name.length + 1;
        for (Entry below : entry.below) {
            length += namesLength(below);
        }
        return length;
    }

    ByteBuffer content(long magic, long rules, String boot) {
        content.putLong(magic).putInt(count).putInt(namesLength).putLong(rules);
        content.put(boot.getBytes(StandardCharsets.ISO_8859_1));
        put(root);
        content.putLong(hashesStart - 8, sum(0, hashesStart - 8));
        int end = content.capacity() - 8;
        content.putLong(end, sum(hashesStart, end - hashesStart));
        return content.clear();
    }

    private void put(Entry entry) {
        int place = next++;
        content.put(namesStart + name, entry.name);
        int nameStart = name;
        name += entry.name.length + 1;
        content.put(hashesStart + place * Index.HASH, entry.hash);
        for (Entry below : entry.below) {
            put(below);
        }
        Stat own = entry.stored();
        long mode = entry.app.mode() | (entry.trusted ? Index.TRUSTED : 0);
        row(place, Index.MODE, mode | ((long) own.mode() << Index.OWN_MODE_SHIFT));
        row(place, Index.INODE, entry.app.inode());
        row(place, Index.SIZE, entry.app.size());
        row(place, Index.MTIME, entry.app.mtime());
        row(place, Index.CTIME, entry.app.ctime());
        row(place, Index.OWN_INODE, own.inode());
        row(place, Index.OWN_MTIME, own.mtime());
        row(place, Index.PLACE, nameStart | ((long) next << Index.END_SHIFT));
    }

    private void row(int place, int column, long value) {
        content.putLong(Index.HEADER + (place * Index.ROW + column) * 8, value);
    }

    private long sum(int start, int length) {
        var sum = new CRC32();
        sum.update(content.array(), start, length);
        return sum.getValue();
    }
}
