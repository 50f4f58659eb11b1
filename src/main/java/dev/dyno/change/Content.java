package dev.dyno.change;

import dev.dyno.slug.Folder;
import dev.dyno.slug.Stat;
import java.io.IOException;
import java.util.Arrays;

/** Whether two files or links of one name are of one type and hold the same. */
final class Content {
    private Content() {}

    /**
     * @param timed the same size and the same time are believed to mean the same content
     */
    static boolean isSame(
            byte[] name, Folder one, Stat first, Folder other, Stat second, boolean timed)
            throws IOException {
        if (first.isLink() != second.isLink()
                || first.isFile() != second.isFile()
                || first.size() != second.size()) {
            return false;
        }
        if (first.isLink()) {
            return Arrays.equals(one.readLink(name), other.readLink(name));
        }
        return first.isFile()
                && ((timed && first.mtime() == second.mtime())
                        || one.hasSame(name, other, () -> false));
    }
}
