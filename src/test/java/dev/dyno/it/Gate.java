package dev.dyno.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Where programs in dynos come and wait until a test lets them go on. */
final class Gate implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(30);

    private final ServerSocket socket;

    Gate() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** What bash is to run in order to come here. */
    String command() {
        return "read x </dev/tcp/127.0.0.1/" + socket.getLocalPort();
    }

    /** Until one has come, which goes on when this is closed. */
    Socket arrival() throws IOException {
        return socket.accept();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
