package dev.dyno.bundle;

import java.io.IOException;

/** A bundle is not what {@code export} writes. */
final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param why completes: the file is refused: …
     */
    Damaged(String why) {
        super(why);
    }
}
