package dev.dyno.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who listens on this machine's TCP ports, told by the kernel: nothing is connected to or bound for
 * it, so no program notices. Whatever the address, IPv4 or IPv6: a port that one program listens on
 * is taken.
 */
public final class Listeners {
    private final Path proc;
    private final boolean byDiag;

    public Listeners() {
        this(Path.of("/proc"), Machine.LINUX);
    }

    /**
     * @param byDiag whether the kernel is asked by {@link SocketDiag} first
     */
    Listeners(Path proc, boolean byDiag) {
        this.proc = proc;
        this.byDiag = byDiag;
    }

    /** Whether anybody listens on the port. On Linux that costs microseconds: it may be polled. */
    public boolean isListening(int port) {
        Optional<Set<Long>> sockets = sockets(port);
        return sockets.isPresent() ? !sockets.get().isEmpty() : listWithLsof(port).succeeded();
    }

    /**
     * Who listens on the port: {@code node (pid 123)}. Empty where nobody does, or somebody whose
     * files are not ours to see: another user's program, a container's. The program's name is its
     * own choice and may hold any character.
     */
    public Optional<String> owner(int port) {
        Optional<Set<Long>> found = sockets(port);
        if (found.isEmpty()) {
            return ofLsof(listWithLsof(port).output());
        }
        Set<Long> sockets = found.get();
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        for (int pid : processes()) {
            Path process = proc.resolve(Integer.toString(pid));
            if (has(process.resolve("fd"), sockets)) {
                return Optional.of(name(process) + " (pid " + pid + ")");
            }
        }
        return Optional.empty();
    }

    /** The inodes of the sockets that listen on the port; nothing where the system tells none. */
    private Optional<Set<Long>> sockets(int port) {
        Optional<Set<Long>> told = byDiag ? SocketDiag.listening(port) : Optional.empty();
        if (told.isPresent() || !Files.isReadable(proc.resolve("net/tcp"))) {
            return told;
        }
        var table = new SocketTable(port);
        for (String name : List.of("net/tcp", "net/tcp6")) {
            try {
                table.read(proc.resolve(name));
            } catch (IOException e) {
                // Without IPv6 there is no such table.
            }
        }
        return Optional.of(table.inodes());
    }

    /** In the order of their numbers: of a server and its workers, mostly the server first. */
    private List<Integer> processes() {
        var pids = new ArrayList<Integer>();
        try (var entries = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.valueOf(entry.getFileName().toString()));
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            // Those found will do.
        }
        Collections.sort(pids);
        return pids;
    }

    private static boolean has(Path descriptors, Set<Long> sockets) {
        try (var entries = Files.newDirectoryStream(descriptors)) {
            for (Path entry : entries) {
                if (isOneOf(sockets, entry)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended, or is another user's.
        }
        return false;
    }

    private static boolean isOneOf(Set<Long> sockets, Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:[")
                    && sockets.contains(
                            Long.valueOf(
                                    target.substring("socket:[".length(), target.length() - 1)));
        } catch (IOException | NumberFormatException e) {
            return false; // closed meanwhile
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1)
                    .stripTrailing();
        } catch (IOException e) {
            return "a program";
        }
    }

    private static HelperProgram.Result listWithLsof(int port) {
        return HelperProgram.run("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc");
    }

    /** A line {@code p123} for a process, then {@code cnode}. */
    static Optional<String> ofLsof(String output) {
        String pid = "";
        for (String line : output.split("\n", -1)) {
            if (line.startsWith("p")) {
                pid = line.substring(1);
            } else if (line.startsWith("c") && !pid.isEmpty()) {
                return Optional.of(line.substring(1) + " (pid " + pid + ")");
            }
        }
        return Optional.empty();
    }
}
