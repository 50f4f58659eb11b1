package dev.dyno.change;

import java.nio.charset.StandardCharsets;

/** An old and a new path in one: {@code lib/{old => new}/x.rb}. */
final class Renaming {
    private Renaming() {}

    static String of(Name old, Name fresh) {
        if (Quoted.isNeeded(old) || Quoted.isNeeded(fresh)) {
            return Quoted.of("", old) + " => " + Quoted.of("", fresh);
        }
        String one = new String(old.bytes(), StandardCharsets.US_ASCII);
        String two = new String(fresh.bytes(), StandardCharsets.US_ASCII);
        int start = commonStart(one, two);
        int end = commonEnd(one, two, start);
        String middle =
                one.substring(start, Math.max(start, one.length() - end))
                        + " => "
                        + two.substring(start, Math.max(start, two.length() - end));
        return start + end == 0
                ? middle
                : one.substring(0, start) + "{" + middle + "}" + one.substring(one.length() - end);
    }

    /** Up to behind the last slash that both have. */
    private static int commonStart(String one, String two) {
        int start = 0;
        for (int i = 0; i < Math.min(one.length(), two.length()); i++) {
            if (one.charAt(i) != two.charAt(i)) {
                break;
            }
            if (one.charAt(i) == '/') {
                start = i + 1;
            }
        }
        return start;
    }

    /** From a slash on, which may be the one that the common start ends with. */
    private static int commonEnd(String one, String two, int start) {
        int least = start - (start > 0 ? 1 : 0);
        int end = 0;
        int i = one.length() - 1;
        int j = two.length() - 1;
        while (i >= least && j >= least && one.charAt(i) == two.charAt(j)) {
            if (one.charAt(i) == '/') {
                end = one.length() - i;
            }
            i--;
            j--;
        }
        return end;
    }
}
