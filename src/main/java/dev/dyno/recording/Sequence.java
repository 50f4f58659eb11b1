package dev.dyno.recording;

import java.util.Arrays;

/** A control sequence as it comes in: numbers, and marks before and behind them. */
final class Sequence {
    private static final int MOST_NUMBERS = 16;
    private static final int LARGEST = 100_000;

    private final int[] numbers = new int[MOST_NUMBERS];
    private int count;
    private char mark;
    private char middle;

    void begin() {
        Arrays.fill(numbers, -1);
        count = 0;
        mark = 0;
        middle = 0;
    }

    /** Whether this printable character is its last, which says what is to be done. */
    boolean endsWith(int c) {
        if (c >= '@') {
            return true;
        }
        if (c >= '<') {
            mark = (char) c;
        } else if (c >= ':') {
            count++;
        } else if (c < '0') {
            middle = (char) c;
        } else if (count < MOST_NUMBERS) {
            numbers[count] = Math.min(Math.max(numbers[count], 0) * 10 + c - '0', LARGEST);
        }
        return false;
    }

    /** One of {@code <=>?} before the numbers; 0 for none. */
    char mark() {
        return mark;
    }

    /** What stands between the numbers and the last character; 0 for nothing. */
    char middle() {
        return middle;
    }

    /** A number; {@code otherwise} where there is none, or 0. */
    int number(int i, int otherwise) {
        return numbers[i] > 0 ? numbers[i] : otherwise;
    }

    int[] numbers() {
        return Arrays.copyOf(numbers, Math.min(count + 1, MOST_NUMBERS));
    }
}
