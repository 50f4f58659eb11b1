package dev.dyno.change;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What of a text has changed, with three lines around it: the unified form. */
final class Hunks {
    private static final int CONTEXT = 3;
    private static final int LONGEST_TITLE = 80;
    private static final byte[] NO_NEWLINE =
            "\n\\ No newline at end of file\n".getBytes(StandardCharsets.US_ASCII);

    private final Lines old;
    private final Lines fresh;
    private final List<Spot> spots = new ArrayList<>();
    private final OutputStream out;

    /** Lines of the old text that became lines of the new one; starts and ends behind. */
    private record Spot(int old, int oldEnd, int fresh, int freshEnd) {}

    Hunks(Script script, OutputStream out) {
        this.old = script.old();
        this.fresh = script.fresh();
        this.out = out;
        int i = 0;
        int j = 0;
        while (i < old.count() || j < fresh.count()) {
            int start = i;
            int freshStart = j;
            while (i < old.count() && script.isDeleted(i)) {
                i++;
            }
            while (j < fresh.count() && script.isInserted(j)) {
                j++;
            }
            if (i > start || j > freshStart) {
                spots.add(new Spot(start, i, freshStart, j));
            } else {
                i++;
                j++;
            }
        }
    }

    void write() throws IOException {
        int searched = -1;
        String title = "";
        int first = 0;
        while (first < spots.size()) {
            int last = first;
            while (last + 1 < spots.size()
                    && spots.get(last + 1).old - spots.get(last).oldEnd <= 2 * CONTEXT) {
                last++;
            }
            int above = Math.max(spots.get(first).old - CONTEXT, 0) - 1;
            for (int line = above; line > searched; line--) {
                if (isTitle(line)) {
                    title = " " + title(line);
                    break;
                }
            }
            searched = above;
            write(spots.subList(first, last + 1), title);
            first = last + 1;
        }
    }

    private void write(List<Spot> some, String title) throws IOException {
        Spot first = some.getFirst();
        Spot last = some.getLast();
        int start = Math.max(first.old - CONTEXT, 0);
        int freshStart = Math.max(first.fresh - CONTEXT, 0);
        int behind = Math.min(CONTEXT, old.count() - last.oldEnd);
        print("@@ -" + range(start, last.oldEnd + behind));
        print(" +" + range(freshStart, last.freshEnd + behind) + " @@");
        out.write(title.getBytes(StandardCharsets.ISO_8859_1));
        print("\n");
        int at = start;
        for (Spot spot : some) {
            write(' ', old, at, spot.old);
            write('-', old, spot.old, spot.oldEnd);
            write('+', fresh, spot.fresh, spot.freshEnd);
            at = spot.oldEnd;
        }
        write(' ', old, at, at + behind);
    }

    private static String range(int start, int end) {
        int count = end - start;
        int first = count == 0 ? start : start + 1;
        return count == 1 ? Integer.toString(first) : first + "," + count;
    }

    private void write(char mark, Lines text, int from, int to) throws IOException {
        for (int line = from; line < to; line++) {
            out.write(mark);
            out.write(text.text(), text.start(line), text.end(line) - text.start(line));
            if (!text.endsWithNewline(line)) {
                out.write(NO_NEWLINE);
            }
        }
    }

    /** A line that begins with a letter says what the lines below it are part of. */
    private boolean isTitle(int line) {
        byte c = old.text()[old.start(line)];
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private String title(int line) {
        int start = old.start(line);
        int end = Math.min(old.end(line), start + LONGEST_TITLE);
        while (Lines.isSpace(old.text()[end - 1])) {
            end--;
        }
        return new String(old.text(), start, end - start, StandardCharsets.ISO_8859_1);
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
