package shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One numbered step of the database's schema: {@code V2__add_price.sql}. */
record Migration(int version, String description, Path file) {
    private static final Pattern NAME = Pattern.compile("V(\\d+)__(\\w+)\\.sql");

    static List<Migration> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Migration::of)
                    .sorted(Comparator.comparing(Migration::version))
                    .toList();
        }
    }

    private static Migration of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is not named V<number>__<description>.sql");
        }
        return new Migration(
                Integer.parseInt(name.group(1)), name.group(2).replace('_', ' '), file);
    }

    String sql() throws IOException {
        return Files.readString(file);
    }

    @Override
    public String toString() {
        return "V" + version + " " + description;
    }
}
