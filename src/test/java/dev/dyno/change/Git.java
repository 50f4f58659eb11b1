package dev.dyno.change;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What git says of two trees, whatever the user's settings are. Chars are bytes. */
final class Git {
    private final Path directory;

    /**
     * @param directory an empty one
     */
    Git(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        run("init", "-q", "--bare", "objects");
    }

    static boolean isThere() {
        try {
            Process git = new ProcessBuilder("git", "--version").start();
            git.getInputStream().readAllBytes();
            return git.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of two directories, as if they were commits: sorted by path. */
    String diff(Path a, Path b, String... options) throws IOException {
        var command = new ArrayList<>(List.of("--git-dir=objects", "diff"));
        command.addAll(List.of(options));
        command.addAll(List.of(tree(a), tree(b)));
        return run(command.toArray(String[]::new));
    }

    private String tree(Path work) throws IOException {
        Files.deleteIfExists(directory.resolve("objects/index"));
        run("--git-dir=objects", "--work-tree=" + work, "add", "-A", "-f", work.toString());
        return run("--git-dir=objects", "write-tree").strip();
    }

    /** Lines of {@code --no-index --name-status}, without the names of the two directories. */
    Set<String> names(Path a, Path b, String renames) throws IOException {
        String[] fields =
                run("diff", "--no-index", renames, "--name-status", "-z", "--", "" + a, "" + b)
                        .split("\0", -1);
        var lines = new TreeSet<String>();
        for (int i = 0; i + 1 < fields.length; ) {
            String letter = fields[i++];
            String path = within(fields[i++], a, b);
            lines.add(
                    letter.startsWith("R")
                            ? letter + " " + path + " " + within(fields[i++], a, b)
                            : letter + " " + path);
        }
        return lines;
    }

    private static String within(String path, Path a, Path b) {
        String root = path.startsWith(a + "/") ? a + "/" : b + "/";
        return path.substring(root.length());
    }

    String run(String... arguments) throws IOException {
        return output(start(directory, arguments));
    }

    private static Process start(Path in, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git", "-c", "core.bare=false"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", String.valueOf(System.getenv("PATH")));
        builder.environment().put("HOME", in.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CEILING_DIRECTORIES", in.toString());
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static String output(Process git) throws IOException {
        try (InputStream out = git.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
