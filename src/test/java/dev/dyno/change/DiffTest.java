package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For random trees and random changes, what dyno tells is what git tells. */
class DiffTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 12);

    /** What the new tree has no more, and directories that are in its way. */
    private static final String CLEAR =
            "xargs -0 -r rm -f -- < ../deleted; find . -mindepth 1 -type d -empty -delete; ";

    @TempDir Path directory = Path.of("");

    @BeforeAll
    static void gitIsThere() {
        assumeTrue(Git.isThere(), "git is not installed");
    }

    /** Of files that end without a newline, git before 2.44 leaves the end out of a similarity. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aCopyDiffersFromItsSlugAsGitTells(long seed) throws IOException {
        var chance = new Random(seed);
        boolean torn = seed % 2 == 1;
        var git = new Git(directory.resolve("git"));
        for (int i = 0; i < ROUNDS; i++) {
            RandomTree before = RandomTree.of(chance, torn);
            RandomTree after = before.changed();
            Path a = before.write(directory.resolve(i + "a"), null);
            Path b = after.write(directory.resolve(i + "b"), before);
            Changes found = Changes.inCopy(a, b);
            Changes changes = torn ? withoutRenames(found) : found;
            String renames = torn ? "--no-renames" : "-M";
            String where = "seed " + seed + ", round " + i;
            assertThat(names(changes)).as(where).isEqualTo(git.names(a, b, renames));
            assertThat(patch(changes)).as(where).isEqualTo(git.diff(a, b, renames));
            for (int columns : new int[] {80, 40, 20, 160}) {
                assertThat(Statistics.of(changes, columns))
                        .as(where)
                        .isEqualTo(git.diff(a, b, renames, "--stat=" + columns));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 5_000, 30_000})
    void longTextsAreComparedAsGitDoes(int lines) throws IOException {
        var chance = new Random(lines);
        var git = new Git(directory.resolve("git"));
        Path a = Files.createDirectories(directory.resolve("a"));
        Path b = Files.createDirectories(directory.resolve("b"));
        for (int kinds : new int[] {3, 40, 400, lines}) {
            List<String> text = new ArrayList<>();
            for (int i = 0; i < lines; i++) {
                text.add(" ".repeat(chance.nextInt(4)) + chance.nextInt(kinds) + "\n");
            }
            Files.writeString(a.resolve("text" + kinds), String.join("", text));
            for (int i = 0; i < lines / 3; i++) {
                text.set(chance.nextInt(lines), "new " + chance.nextInt(kinds) + "\n");
                text.add(text.remove(chance.nextInt(lines)));
            }
            Files.writeString(b.resolve("text" + kinds), String.join("", text));
        }
        assertThat(patch(Changes.inCopy(a, b))).isEqualTo(git.diff(a, b, "-M"));
    }

    /** Each way a program could have made the changes, in an overlay as dyno mounts it. */
    @ParameterizedTest
    @CsvSource({
        "false, cp -a --remove-destination ../b/. .",
        "false, tar -C ../b --null -T ../changed -cf - | tar -xf -",
        "false, find . -mindepth 1 -delete; cp -a ../b/. .",
        "true, cp -a --remove-destination ../b/. .",
        "true, tar -C ../b --null -T ../changed -cf - | tar -xf -",
        "true, find . -mindepth 1 -delete; cp -a ../b/. .",
    })
    void anOverlayDiffersFromItsSlugAsGitTells(boolean user, String write) throws Exception {
        var overlay = new OverlayMount(directory, user);
        assumeTrue(overlay.works(), "no overlay can be mounted here");
        var chance = new Random(write.length());
        var git = new Git(directory.resolve("git"));
        for (int i = 0; i < ROUNDS / 4; i++) {
            RandomTree before = RandomTree.of(chance, false);
            RandomTree after = before.changed();
            Path here = Files.createDirectories(directory.resolve(Integer.toString(i)));
            Path a = before.write(here.resolve("lower"), null);
            Path b = after.write(here.resolve("b"), before);
            Files.write(here.resolve("deleted"), paths(before, after));
            Files.write(here.resolve("changed"), paths(after, before));
            String made = overlay.run(here, CLEAR + write);
            assertThat(made).isEmpty();
            Changes changes = Changes.inOverlay(a, here.resolve("upper"));
            assertThat(names(changes)).as("round %d", i).isEqualTo(git.names(a, b, "-M"));
            String patch = patch(changes);
            assertThat(patch).as("round %d", i).isEqualTo(git.diff(a, b, "-M"));
            Path stored = Files.createDirectory(here.resolve("stored"));
            assertThat(Harvest.ofOverlay(here.resolve("upper"), stored)).isEmpty();
            assertThat(patch(inStored(a, stored))).as("round %d", i).isEqualTo(patch);
        }
    }

    @Test
    void whatIsStoredOfACopyIsWhatWasChanged() throws IOException {
        var chance = new Random(7);
        var git = new Git(directory.resolve("git"));
        for (int i = 0; i < ROUNDS; i++) {
            RandomTree before = RandomTree.of(chance, false);
            RandomTree after = before.changed();
            Path here = Files.createDirectories(directory.resolve(Integer.toString(i)));
            Path a = before.write(here.resolve("a"), null);
            Path b = after.write(here.resolve("b"), before);
            Path copy = after.write(here.resolve("copy"), before);
            Files.createDirectories(copy.resolve("empty/deep"));
            Path stored = Files.createDirectory(here.resolve("stored"));
            assertThat(Harvest.ofCopy(a, copy, stored, i % 2 == 0)).isEmpty();
            assertThat(stored.resolve("upper/empty/deep")).isDirectory();
            Changes changes = inStored(a, stored);
            assertThat(names(changes)).as("round %d", i).isEqualTo(git.names(a, b, "-M"));
            assertThat(patch(changes)).as("round %d", i).isEqualTo(git.diff(a, b, "-M"));
            assertThat(Changes.inCopy(copy, stored.resolve("upper")).within(List.of()).all())
                    .as("nothing is in both")
                    .noneMatch(change -> change.kind() == Kind.MODIFIED);
        }
    }

    private static Changes inStored(Path slug, Path stored) {
        return Changes.inStored(
                slug, stored.resolve(Harvest.UPPER), stored.resolve(Harvest.DELETED));
    }

    /** Of files that are in one tree, and not in the other or not the same. */
    private static byte[] paths(RandomTree one, RandomTree other) {
        var paths = new StringBuilder();
        one.files.forEach((path, file) -> {
            if (!file.isSame(other.files.get(path))) {
                paths.append(path).append('\0');
            }
        });
        return RandomTree.bytes(paths.toString());
    }

    private static Changes withoutRenames(Changes changes) {
        var all = new ArrayList<Change>();
        for (Change change : changes.all()) {
            if (change.kind() == Kind.RENAMED) {
                all.add(Change.of(change.source(), change.before(), null));
                all.add(Change.of(change.path(), null, change.after()));
            } else {
                all.add(change);
            }
        }
        all.sort(Comparator.comparing(Change::path));
        return new Changes(all, changes.unread());
    }

    static Set<String> names(Changes changes) {
        var lines = new TreeSet<String>();
        for (Change change : changes.all()) {
            String letter = String.valueOf(change.kind().letter());
            change.oldPath()
                    .ifPresentOrElse(
                            old ->
                                    lines.add(
                                            String.format(
                                                    "R%03d %s %s",
                                                    change.similarity().orElseThrow(),
                                                    chars(old),
                                                    chars(change.path()))),
                            () -> lines.add(letter + " " + chars(change.path())));
        }
        return lines;
    }

    static String chars(Name name) {
        return new String(name.bytes(), StandardCharsets.ISO_8859_1);
    }

    static String patch(Changes changes) throws IOException {
        var out = new ByteArrayOutputStream();
        Patch.write(changes, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
