package dev.dyno.transfer;

import java.nio.charset.StandardCharsets;

/** The blocks of a tar archive: a header of 512 bytes, then the contents in as many as it takes. */
final class Tar {
    static final int BLOCK = 512;
    static final int NAME = 100;
    static final int MODE = 100;
    static final int SIZE = 124;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int MAGIC = 257;
    static final int PREFIX = 345;
    static final int PREFIX_LENGTH = 155;

    static final char FILE = '0';
    static final char DIRECTORY = '5';
    static final char LONG_NAME = 'L';

    private Tar() {}

    /** The sum of the header's bytes, those of the sum itself taken as blanks. */
    static int checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 0xff;
        }
        return sum;
    }

    /** How many bytes follow contents of this size up to the next block. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    static void octal(byte[] header, int at, int digits, long value) {
        String text = Long.toOctalString(value);
        String padded = "0".repeat(digits - text.length()) + text;
        byte[] bytes = padded.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, digits);
    }
}
