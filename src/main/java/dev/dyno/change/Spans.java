package dev.dyno.change;

import java.util.Arrays;

/**
 * A file's content as git measures similarity: cut into lines, or into 64 bytes where a line is
 * longer, and counted how many bytes there are of each. A piece is told by a number below 107 927,
 * so that two pieces may pass for one; the numbers are git's, so that they do so there and here.
 */
final class Spans {
    private static final int LONGEST = 64;
    private static final int NUMBERS = 107_927;
    private static final int BINARY_LOOK = 8000;

    private final int[] numbers;
    private final int[] bytes;

    private Spans(int[] numbers, int[] bytes) {
        this.numbers = numbers;
        this.bytes = bytes;
    }

    static Spans of(byte[] content) {
        boolean text = !isBinary(content);
        var pieces = new long[content.length / 8 + 8];
        int count = 0;
        int one = 0;
        int two = 0;
        int length = 0;
        for (int i = 0; i < content.length; i++) {
            int c = content[i] & 0xff;
            if (text && c == '\r' && i + 1 < content.length && content[i + 1] == '\n') {
                continue;
            }
            int before = one;
            one = ((one << 7) ^ (two >>> 25)) + c;
            two = (two << 7) ^ (before >>> 25);
            length++;
            if (length == LONGEST || c == '\n' || i == content.length - 1) {
                if (count == pieces.length) {
                    pieces = Arrays.copyOf(pieces, count * 2);
                }
                long number = Integer.toUnsignedLong(one + two * 0x61) % NUMBERS;
                pieces[count++] = number << 32 | length;
                one = 0;
                two = 0;
                length = 0;
            }
        }
        return gathered(pieces, count);
    }

    private static Spans gathered(long[] pieces, int count) {
        Arrays.sort(pieces, 0, count);
        var numbers = new int[count];
        var bytes = new int[count];
        int last = -1;
        for (int i = 0; i < count; i++) {
            int number = (int) (pieces[i] >>> 32);
            if (last < 0 || numbers[last] != number) {
                numbers[++last] = number;
            }
            bytes[last] += (int) pieces[i];
        }
        return new Spans(Arrays.copyOf(numbers, last + 1), Arrays.copyOf(bytes, last + 1));
    }

    /** How many bytes both have in common. */
    long common(Spans other) {
        long common = 0;
        int i = 0;
        int j = 0;
        while (i < numbers.length && j < other.numbers.length) {
            if (numbers[i] < other.numbers[j]) {
                i++;
            } else if (numbers[i] > other.numbers[j]) {
                j++;
            } else {
                common += Math.min(bytes[i++], other.bytes[j++]);
            }
        }
        return common;
    }

    /** As git tells: a NUL among the first bytes. */
    static boolean isBinary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, BINARY_LOOK); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
