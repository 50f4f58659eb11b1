package dev.dyno.log;

import dev.dyno.text.Palette;

/** An HTTP status in the colour of its class. */
record HttpStatus(Palette palette) {
    String paint(String status) {
        if (status.length() != 3) {
            return status;
        }
        return switch (status.charAt(0)) {
            case '2' -> palette.success(status);
            case '3' -> palette.info(status);
            case '4' -> palette.warning(status);
            case '5' -> palette.failure(status);
            default -> status;
        };
    }
}
