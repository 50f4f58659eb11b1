package dev.dyno.process;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Linux which sockets listen on a TCP port, as ss does (sock_diag(7)). That costs some
 * microseconds, while for /proc/net/tcp the kernel goes through its whole table of connections, 10
 * ms even where there are none. Loading this class loads JNA.
 */
final class SocketDiag {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int IPPROTO_TCP = 6;
    private static final int LISTEN = 1 << 10;

    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short REQUEST_DUMP = 0x301;
    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;

    /** {@code struct nlmsghdr}, then {@code struct inet_diag_req_v2}. */
    private static final int HEADER = 16;

    private static final int REQUEST = HEADER + 56;

    /** In {@code struct inet_diag_msg}. */
    private static final int PORT = 4;

    private static final int INODE = 68;
    private static final int ANSWER = 8192;

    static {
        Native.register(SocketDiag.class, Platform.C_LIBRARY_NAME);
    }

    private SocketDiag() {}

    private static native int socket(int domain, int type, int protocol);

    private static native long send(int fd, byte[] bytes, long count, int flags);

    private static native long recv(int fd, byte[] bytes, long count, int flags);

    /** Their inodes; nothing where the kernel does not tell, as in some sandboxes. */
    static Optional<Set<Long>> listening(int port) {
        int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            var inodes = new HashSet<Long>();
            boolean told = ask(fd, AF_INET, port, inodes);
            // Without IPv6 there is only the one.
            ask(fd, AF_INET6, port, inodes);
            return told ? Optional.of(inodes) : Optional.empty();
        } finally {
            Posix.close(fd);
        }
    }

    private static boolean ask(int fd, int family, int port, Set<Long> inodes) {
        byte[] request = new byte[REQUEST];
        ByteBuffer.wrap(request)
                .order(ByteOrder.nativeOrder())
                .putInt(REQUEST)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(REQUEST_DUMP)
                .position(HEADER)
                .put((byte) family)
                .put((byte) IPPROTO_TCP)
                .position(HEADER + 4)
                .putInt(LISTEN)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port);
        if (send(fd, request, request.length, 0) != request.length) {
            return false;
        }
        var answer = new byte[ANSWER];
        while (true) {
            // The kernel has answered before send returns, so there is nothing to wait for.
            int count = (int) recv(fd, answer, answer.length, MSG_DONTWAIT);
            if (count <= 0) {
                return false;
            }
            var messages = ByteBuffer.wrap(answer, 0, count).order(ByteOrder.nativeOrder());
            short last = take(messages, port, inodes);
            if (last == NLMSG_DONE || last == NLMSG_ERROR) {
                return last == NLMSG_DONE;
            }
        }
    }

    /** Returns the last message's type. */
    private static short take(ByteBuffer messages, int port, Set<Long> inodes) {
        short type = NLMSG_ERROR;
        for (int at = 0, length; at + HEADER <= messages.limit(); at += (length + 3) & ~3) {
            length = messages.getInt(at);
            type = messages.getShort(at + 4);
            if (length < HEADER || at + length > messages.limit()) {
                return NLMSG_ERROR;
            }
            int socket = at + HEADER;
            if (type == SOCK_DIAG_BY_FAMILY && length >= HEADER + INODE + 4) {
                int high = messages.get(socket + PORT) & 0xff;
                int low = messages.get(socket + PORT + 1) & 0xff;
                if ((high << 8 | low) == port) {
                    inodes.add(messages.getInt(socket + INODE) & 0xffffffffL);
                }
            }
        }
        return type;
    }
}
