package dev.dyno.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Linux's tables of TCP sockets (proc(5), /proc/net/tcp) read for those that listen on one port,
 * where {@link SocketDiag} is not to be had; byte by byte, since the tables may be long.
 */
final class SocketTable {
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int LISTEN = 0x0a;

    /** What the kernel hands out at a time is no more; beyond it Java would copy it once more. */
    private static final int PORTION = 8192;

    private final int port;
    private final Set<Long> inodes = new HashSet<>();

    private int field;
    private boolean inField;
    private long number;
    private int localPort;
    private int state;
    private long inode;

    SocketTable(int port) {
        this.port = port;
    }

    /** The inodes of those found so far. */
    Set<Long> inodes() {
        return inodes;
    }

    void read(Path table) throws IOException {
        begin();
        var bytes = new byte[PORTION];
        try (var in = new FileInputStream(table.toFile())) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    take(bytes[i]);
                }
            }
        }
    }

    private void begin() {
        field = 0;
        inField = false;
        number = 0;
        localPort = 0;
        state = 0;
        inode = 0;
    }

    private void take(byte b) {
        if (b == '\n') {
            endField();
            if (state == LISTEN && localPort == port) {
                inodes.add(inode);
            }
            begin();
        } else if (b == ' ') {
            endField();
        } else {
            inField = true;
            // Of an address and its port only what stands behind the colon counts.
            number = b == ':' ? 0 : number * (field == INODE ? 10 : 16) + Character.digit(b, 16);
        }
    }

    private void endField() {
        if (!inField) {
            return;
        }
        switch (field) {
            case LOCAL_ADDRESS -> localPort = (int) number;
            case STATE -> state = (int) number;
            case INODE -> inode = number;
            default -> {}
        }
        field++;
        inField = false;
        number = 0;
    }
}
