package dev.dyno.terminal;

import dev.dyno.process.Exit;
import dev.dyno.process.Invocation;
import dev.dyno.process.Poll;
import dev.dyno.process.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a program under a pseudo-terminal without a user, its output to stdout; scripts/build trains
 * the AOT cache by it. {@code UnderPty PROGRAM ARGUMENT…}
 */
final class UnderPty {
    private UnderPty() {}

    public static void main(String[] arguments) throws IOException {
        var invocation =
                new Invocation(List.of(arguments), System.getenv(), Path.of("").toAbsolutePath());
        try (Pty pty = Pty.open(null, WindowSize.DEFAULT)) {
            int pid = pty.spawn(invocation);
            var poll = new Poll(pty.master());
            poll.want(0, Posix.POLLIN);
            var bytes = ByteBuffer.allocateDirect(8192);
            while (poll.await(-1)) {
                bytes.clear();
                int count = (int) Posix.read(pty.master(), bytes, bytes.capacity());
                if (count > 0) {
                    Posix.write(1, bytes, count);
                } else if (Posix.errno() == Posix.EIO) {
                    break;
                }
            }
            var status = new int[1];
            Posix.waitpid(pid, status, 0);
            System.exit(Exit.ofWaitStatus(status[0]).status());
        }
    }
}
