package dev.dyno.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Arguments and environments as C has them. */
final class CStrings {
    private CStrings() {}

    static List<byte[]> bytes(List<String> texts) {
        var bytes = new ArrayList<byte[]>(texts.size());
        for (String text : texts) {
            bytes.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }

    /** A null-terminated array of C strings in one block: the pointers first, then the texts. */
    static Memory vector(List<byte[]> texts) {
        long text = (texts.size() + 1L) * Native.POINTER_SIZE;
        long size = text;
        for (byte[] each : texts) {
            size += each.length + 1;
        }
        var block = new Memory(size);
        for (int i = 0; i < texts.size(); i++) {
            byte[] each = texts.get(i);
            block.setPointer((long) i * Native.POINTER_SIZE, block.share(text));
            block.write(text, each, 0, each.length);
            block.setByte(text + each.length, (byte) 0);
            text += each.length + 1;
        }
        block.setPointer((long) texts.size() * Native.POINTER_SIZE, null);
        return block;
    }
}
