package dev.dyno.cli;

import dev.dyno.dyno.Dyno;
import dev.dyno.dyno.DynoSpec;
import dev.dyno.dyno.Limits;
import dev.dyno.output.Output;
import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Posix;
import dev.dyno.process.Reaper;
import dev.dyno.terminal.Child;
import dev.dyno.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Nobody: what the program writes is logged. Of {@code run:detached}, which waits for the dyno, it
 * is told its name, and from then on nothing is held of that command's window.
 */
final class DetachedClient implements Client {
    private final World world;
    private final Messages messages;
    private final boolean inBackground;

    /**
     * @param inBackground whether to let go of the window once the dyno is up
     */
    DetachedClient(World world, Messages messages, boolean inBackground) {
        this.world = world;
        this.messages = messages;
        this.inBackground = inBackground;
    }

    @Override
    public boolean isAttached() {
        return !inBackground;
    }

    @Override
    public void begins(DynoSpec spec) {}

    @Override
    public void warns(String warning) {
        messages.warning(warning);
    }

    @Override
    public void comesUp(Dyno dyno, int port) {
        dyno.starting(port);
    }

    @Override
    public Exit run(
            Dyno dyno,
            DynoSpec spec,
            Invocation invocation,
            @Nullable Terminal terminal,
            Stopper stopper)
            throws IOException, InterruptedException {
        var ended = new CompletableFuture<Exit>();
        Limits limits = Limits.of(spec, dyno, world.clock());
        Posix.adoptOrphans();
        try (limits;
                Output output = Output.unseen(world.clock())) {
            Child child =
                    Child.startWithoutInput(
                            new Reaper(),
                            limits.join(invocation),
                            dyno.directory(),
                            ended::complete);
            dyno.changeState("starting", "up");
            Output.Source source = output.read(child.outputs(), dyno.name().toString(), dyno.log());
            stopper.aim(limits.watch(child, child.pid()), dyno, dyno::close);
            if (inBackground) {
                letGo(dyno);
            }
            ended.join();
            var written = new CountDownLatch(1);
            source.finish(written::countDown);
            written.await();
        }
        return limits.exit(ended.join());
    }

    /** What is closed becomes /dev/null: Java sees to that for the first three descriptors. */
    private void letGo(Dyno dyno) {
        world.out().println(dyno.name());
        world.out().close();
        world.err().close();
    }

    @Override
    public void fails() {}
}
