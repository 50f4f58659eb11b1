package dev.dyno.slug;

/**
 * What a slug is called: a hash of its content, so that the same files are the same slug.
 *
 * @param hex 64 hexadecimal digits
 */
public record SlugId(String hex) {
    private static final int LENGTH = 64;
    private static final int SHORT = 8;

    public SlugId {
        if (!isId(hex)) {
            throw new IllegalArgumentException("slug id " + hex);
        }
    }

    public static boolean isId(String hex) {
        if (hex.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = hex.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** As people see it: {@code 3f2a91bc}. */
    public String abbreviated() {
        return hex.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return hex;
    }
}
