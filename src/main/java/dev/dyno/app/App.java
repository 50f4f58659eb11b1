package dev.dyno.app;

import java.nio.file.Path;

/**
 * An app: a directory, and the name people call it by.
 *
 * @param name as Heroku's names are: lower-case letters, digits and dashes, beginning with a letter
 * @param directory its real path
 */
public record App(String name, Path directory) {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 30;

    /** Whether Heroku would take it for an app: {@code my-shop-2}. */
    public static boolean isName(String name) {
        boolean good = name.length() >= SHORTEST && name.length() <= LONGEST;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean digit = c >= '0' && c <= '9';
            good &= letter || (i > 0 && (digit || (c == '-' && i < name.length() - 1)));
        }
        return good;
    }

    /** The app of a directory, named after it: {@code My Shop_2} becomes {@code my-shop-2}. */
    public static App of(Path directory) {
        return new App(nameOf(directory), directory);
    }

    /** This one by another name; its state stays where it is. */
    public App called(String other) {
        return new App(other, directory);
    }

    private static String nameOf(Path path) {
        Path last = path.getFileName();
        String directory = last == null ? "" : last.toString();
        var name = new StringBuilder();
        for (int i = 0; i < directory.length() && name.length() < LONGEST; i++) {
            char c = Character.toLowerCase(directory.charAt(i));
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && !name.isEmpty())) {
                name.append(c);
            } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '-') {
                name.append('-');
            }
        }
        while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
            name.setLength(name.length() - 1);
        }
        return name.isEmpty() ? "app" : name.toString();
    }

    /** What the app's state is filed under: readable, and one for each directory. */
    public String key() {
        return nameOf(directory) + "-" + Integer.toHexString(directory.hashCode());
    }
}
