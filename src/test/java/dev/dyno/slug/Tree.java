package dev.dyno.slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** All of a tree as text, to be compared: type, mode, content. */
final class Tree {
    private Tree() {}

    static Map<String, String> of(Path root) throws IOException {
        var tree = new TreeMap<String, String>();
        try (var files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.equals(root)) {
                    String uri =
                            file.toUri().getRawPath().substring(root.toUri().getRawPath().length());
                    tree.put(uri.replaceAll("/$", ""), describe(file));
                }
            }
        }
        return tree;
    }

    static Map<String, String> without(Map<String, String> tree, String... roots) {
        for (String root : roots) {
            tree.keySet().removeIf(path -> path.equals(root) || path.startsWith(root + "/"));
        }
        return tree;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String permissions = Integer.toOctalString(mode & 0777);
        return Files.isDirectory(file)
                ? "directory " + permissions
                : permissions + " " + Arrays.hashCode(Files.readAllBytes(file));
    }
}
