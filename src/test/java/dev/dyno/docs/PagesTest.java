package dev.dyno.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages typed block by block into windows of a real terminal, which show what the page does. Behind
 * the fence stands {@code console}, and what the block asks for: {@code window=2}, {@code isolated}
 * where it holds in namespaces only, {@code needs=top}, {@code leave=q} where a program has the
 * whole screen.
 */
@ParameterizedClass
@CsvSource({"tutorial, namespaces", "tutorial, plain", "reproduce, namespaces", "reproduce, plain"})
final class PagesTest {
    /** The seconds of its sleep: made this run's own, so that nobody else's is found. */
    private static final String HOUR = "3600";

    private final String page;
    private final String isolation;
    private final Path state;
    private final Shell shell;
    private final List<Window> windows = new ArrayList<>();
    private final Map<String, String> dynos = new HashMap<>();
    private final Tmux tmux;
    private boolean broken;

    PagesTest(String page, String isolation, @TempDir Path state) {
        this.page = page;
        this.isolation = isolation;
        this.state = state;
        shell = new Shell(state);
        tmux = new Tmux(state, environment());
    }

    @BeforeEach
    void windows() throws Exception {
        assumeTrue(shell.has("tmux"), "tmux is not installed");
        assumeTrue(
                isolation.equals("plain")
                        || shell.run("scripts/dyno doctor").out().contains("✓ isolation"),
                "no namespaces here");
        Files.createDirectories(state.resolve("user"));
        for (String name : List.of("1", "2")) {
            windows.add(new Window(tmux, name, dynos));
        }
    }

    @AfterEach
    void close() throws Exception {
        if (!windows.isEmpty()) {
            tmux.close();
        }
        // What a page that is wrong leaves running has an hour to live, or more.
        for (String dyno : broken ? dynos.values() : List.<String>of()) {
            shell.run("scripts/dyno ps:stop -a samples/hello -d " + dyno);
        }
    }

    @TestFactory
    List<DynamicTest> theTerminalShowsWhatThePageShows() throws Exception {
        String hour = HOUR + ProcessHandle.current().pid();
        var tests = new ArrayList<DynamicTest>();
        for (Page.Block block : Page.blocks("docs/" + page + ".md")) {
            tests.add(DynamicTest.dynamicTest(block.place(), () -> play(block.with(HOUR, hour))));
        }
        assertThat(tests).hasSizeGreaterThan(8);
        tests.add(DynamicTest.dynamicTest("nothing besides", this::end));
        return tests;
    }

    private void play(Page.Block block) throws Exception {
        assumeFalse(broken, "a block above has failed");
        assertThat(block.is("console")).as("every block is one to be typed").isTrue();
        assumeTrue(!block.is("isolated") || isolation.equals("namespaces"), "needs namespaces");
        String program = block.value("needs").orElse("bash");
        assumeTrue(shell.has(program), program + " is not installed");

        broken = true;
        Window window = windows.get(Integer.parseInt(block.value("window").orElse("1")) - 1);
        if (block.value("leave").isPresent()) {
            window.playWhole(block, block.value("leave").get());
        } else {
            window.play(block);
        }
        broken = false;
    }

    private void end() throws Exception {
        assumeFalse(broken, "a block above has failed");
        for (Window window : windows) {
            window.end();
        }
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        for (String kept : List.of("PATH", "HOME", "JAVA_HOME", "DYNO_JAVA_HOME")) {
            String value = System.getenv(kept);
            if (value != null) {
                environment.put(kept, value);
            }
        }
        if (page.equals("reproduce")) { // it makes files there, and needs no tools of the user's
            environment.put("HOME", state.resolve("user").toString());
        }
        environment.put("DYNO_HOME", state.resolve("home").toString());
        environment.put("DYNO_ISOLATION", isolation);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HISTFILE", "/dev/null");
        environment.put("INPUTRC", "/dev/null");
        return environment;
    }
}
