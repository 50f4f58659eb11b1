package dev.dyno.recording;

/** How many cells of a terminal a character takes: 0, 1 or 2. */
final class CharWidth {
    /** First and last of what is wide by Unicode's East Asian Width, emoji apart. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x2329, 0x232a, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00,
                0x9fff,
        0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30,
                0xfe6f,
        0xff00, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18cff, 0x1b000, 0x1b2ff, 0x20000, 0x3fffd,
    };

    private CharWidth() {}

    static int of(int character) {
        if (character < 0x300) {
            return 1;
        }
        switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
                return 0;
            }
            default -> {}
        }
        if (character >= 0x1160 && character <= 0x11ff) {
            return 0; // the vowel or the end of a Hangul syllable
        }
        return isWide(character) || Character.isEmojiPresentation(character) ? 2 : 1;
    }

    private static boolean isWide(int character) {
        for (int i = 0; i < WIDE.length; i += 2) {
            if (character >= WIDE[i] && character <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
