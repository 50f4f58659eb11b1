package dev.dyno.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the reader's windows. It must come to show what the page has for it, from the first line
 * on and nothing besides.
 */
final class Window {
    private static final Pattern PROMPT = Pattern.compile("(\\$|~(?:/\\S+)? \\$|>>>) (.*)");
    private static final Pattern BARE_PROMPT = Pattern.compile("(~\\S* )?\\$|>>>");
    private static final int COMMAND = 2;
    private static final Pattern NAME = Pattern.compile("\\brun\\.\\d+");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Tmux tmux;
    private final String name;
    private final Map<String, String> dynos;
    private final List<String> page = new ArrayList<>();
    private String place = "";
    private int from;

    /**
     * @param dynos the real names of the dynos that the page tells of, by the page's names; grows
     *     with what is seen
     */
    Window(Tmux tmux, String name, Map<String, String> dynos) throws Exception {
        this.tmux = tmux;
        this.name = name;
        this.dynos = dynos;
        tmux.open(name);
    }

    /** Types what stands behind the prompts of a block, presses its ^C, and sees what it shows. */
    void play(Page.Block block) throws Exception {
        place = block.place();
        for (String line : block.lines()) {
            Matcher prompt = PROMPT.matcher(line);
            if (prompt.matches()) {
                await(prompt.group(1));
                tmux.line(name, real(prompt.group(COMMAND)));
            } else if (line.equals("^C")) {
                await("");
                tmux.key(name, "C-c");
            }
            add(line);
        }
        await("");
    }

    /**
     * As {@link #play}, for a program that has the whole screen until a key is pressed. A line
     * {@code ...} stands for lines that the page leaves out.
     */
    void playWhole(Page.Block block, String key) throws Exception {
        place = block.place();
        List<String> lines = block.lines();
        Matcher prompt = PROMPT.matcher(lines.getFirst());
        assertThat(prompt.matches()).as(lines.getFirst()).isTrue();
        await(prompt.group(1));
        tmux.line(name, prompt.group(COMMAND));
        int skipped = lines.indexOf("...");
        List<String> above = masked(lines.subList(1, skipped));
        List<String> below = inOrder(masked(lines.subList(skipped + 1, lines.size())));
        until(
                () -> masked(tmux.screen(name)),
                screen -> {
                    int rest = screen.size() - below.size();
                    assertThat(screen).as(place).startsWith(above.toArray(String[]::new));
                    assertThat(inOrder(screen.subList(Math.max(rest, 0), screen.size())))
                            .as(place)
                            .isEqualTo(below);
                });

        tmux.key(name, key);
        // It has written over what stood there, so the page goes on from the prompt below.
        List<String> shown =
                until(
                        () -> tmux.shown(name),
                        all -> assertThat(all).as(place).last().isEqualTo(prompt.group(1)));
        page.clear();
        from = shown.size() - 1;
    }

    /** Sees that there is nothing besides, and that the window's shell has its prompt again. */
    void end() throws Exception {
        await("$");
    }

    private void add(String line) {
        // What the page left unfinished may go on.
        if (!page.isEmpty() && page.getLast().endsWith("...") && line.startsWith(page.getLast())) {
            page.removeLast();
        }
        page.add(line);
    }

    /**
     * @param prompt what is to follow in a last line; where it is empty any prompt may
     */
    private void await(String prompt) throws Exception {
        var wanted = new ArrayList<String>(page);
        if (!prompt.isEmpty()) {
            wanted.add(prompt);
        }
        List<String> shown =
                until(
                        () -> ours(prompt.isEmpty()),
                        lines -> assertThat(masked(lines)).as(place).isEqualTo(masked(wanted)));
        learn(String.join("\n", wanted), String.join("\n", shown));
    }

    private List<String> ours(boolean withoutPrompt) throws Exception {
        List<String> all = tmux.shown(name);
        List<String> lines = all.subList(Math.min(from, all.size()), all.size());
        boolean more = withoutPrompt && lines.size() > page.size();
        return more && BARE_PROMPT.matcher(lines.getLast()).matches()
                ? lines.subList(0, lines.size() - 1)
                : lines;
    }

    /** Looks again and again until what is shown is right; then it fails by what is not. */
    private static List<String> until(Callable<List<String>> shown, Consumer<List<String>> right)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            List<String> lines = shown.call();
            try {
                right.accept(lines);
                return lines;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private void learn(String page, String shown) {
        Matcher ours = NAME.matcher(page);
        Matcher real = NAME.matcher(shown);
        while (ours.find() && real.find()) {
            String known = dynos.putIfAbsent(ours.group(), real.group());
            assertThat(real.group())
                    .as(ours.group())
                    .isEqualTo(known == null ? real.group() : known);
        }
    }

    private String real(String command) {
        return NAME.matcher(command).replaceAll(name -> dynos.getOrDefault(name.group(), "?"));
    }

    private static List<String> masked(List<String> lines) {
        return Masked.processes(String.join("\n", lines)).lines().toList();
    }

    /** Whoever is busy stands first in a list of processes. */
    private static List<String> inOrder(List<String> lines) {
        return lines.stream().sorted().toList();
    }
}
