package dev.dyno.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The way from one sequence to another. */
class MyersTest {
    /** Far less than a thread has otherwise; some hundred calls in one another fill it. */
    private static final int SMALL_STACK = 200_000;

    /** Each block is a change just large enough for a cut, and what both have then. */
    private static final int CHANGED = 130;

    private static final int SAME = 800;
    private static final int BLOCKS = 1000;

    @Test
    void aLongTextThatIsCutThousandsOfTimesFillsNoStack() throws InterruptedException {
        var old = new int[BLOCKS * (CHANGED + SAME)];
        var fresh = new int[old.length];
        for (int i = 0; i < old.length; i++) {
            boolean changed = i % (CHANGED + SAME) < CHANGED;
            old[i] = i;
            fresh[i] = changed ? -1 - i : i;
        }
        var deleted = new BitSet();
        var inserted = new BitSet();
        var thrown = new AtomicReference<Throwable>();
        Runnable compare = new Myers(old, fresh, deleted::set, inserted::set)::run;
        Thread thread = new Thread(null, compare, "compare", SMALL_STACK);
        thread.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
        thread.start();
        thread.join();
        assertThat(thrown.get()).isNull();
        assertThat(deleted.cardinality()).isEqualTo(BLOCKS * CHANGED);
        assertThat(inserted).isEqualTo(deleted);
    }
}
