package dev.dyno.slug;

import dev.dyno.process.LinuxFiles;
import dev.dyno.process.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A directory through the C library: for trees of many files, and paths of any length. */
final class LinuxFolder extends Folder {
    private static final byte[] ITSELF = new byte[1];
    private static final byte[][] OPAQUE = {
        "trusted.overlay.opaque\0".getBytes(StandardCharsets.US_ASCII),
        "user.overlay.opaque\0".getBytes(StandardCharsets.US_ASCII)
    };
    private static final int ENTRIES = 1 << 15;
    private static final int LONGEST_LINK = 1 << 12;
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> LinuxFiles.buffer(ENTRIES));

    private final int fd;
    private final AtomicBoolean clones;

    private LinuxFolder(int fd, AtomicBoolean clones) {
        this.fd = fd;
        this.clones = clones;
    }

    int fd() {
        return fd;
    }

    static boolean available() {
        return Native.AVAILABLE;
    }

    /** Found out once. */
    private static final class Native {
        static final boolean AVAILABLE = works();

        private static boolean works() {
            try {
                return LinuxFiles.available()
                        && LinuxFiles.stat(
                                LinuxFiles.CURRENT_DIRECTORY, new byte[] {'/', 0}, BUFFER.get());
            } catch (LinkageError e) {
                return false;
            }
        }
    }

    static LinuxFolder at(Path path) throws IOException {
        byte[] name = Names.terminated(Names.bytes(path));
        int fd =
                checked(
                        LinuxFiles.open(
                                LinuxFiles.CURRENT_DIRECTORY, name, LinuxFiles.O_DIRECTORY, 0),
                        name);
        return new LinuxFolder(fd, new AtomicBoolean(true));
    }

    @Override
    public List<byte[]> names() throws IOException {
        ByteBuffer records = BUFFER.get();
        var names = new ArrayList<byte[]>();
        int count;
        while ((count = LinuxFiles.entries(fd, LinuxFiles.address(records), ENTRIES)) > 0) {
            for (int at = 0; at < count; at += records.getShort(at + 16)) {
                int start = at + 19;
                int end = start;
                while (records.get(end) != 0) {
                    end++;
                }
                var name = new byte[end - start];
                records.get(start, name);
                if (!isDots(name)) {
                    names.add(name);
                }
            }
        }
        checked(count, ITSELF);
        return names;
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }

    @Override
    public Stat stat() throws IOException {
        return stat(fd, ITSELF);
    }

    @Override
    public Stat stat(byte[] name) throws IOException {
        return stat(fd, Names.terminated(name));
    }

    private static Stat stat(int fd, byte[] name) throws IOException {
        ByteBuffer statx = BUFFER.get();
        if (!LinuxFiles.stat(fd, name, statx)) {
            throw failure(name);
        }
        return stat(statx);
    }

    static Stat stat(ByteBuffer statx) {
        return new Stat(
                statx.getShort(LinuxFiles.STATX_MODE) & 0xffff,
                statx.getLong(LinuxFiles.STATX_INODE),
                statx.getLong(LinuxFiles.STATX_SIZE),
                nanoseconds(statx, LinuxFiles.STATX_MTIME),
                nanoseconds(statx, LinuxFiles.STATX_CTIME));
    }

    static long nanoseconds(ByteBuffer statx, int at) {
        return statx.getLong(at) * 1_000_000_000L + statx.getInt(at + 8);
    }

    @Override
    public LinuxFolder open(byte[] name) throws IOException {
        int flags = LinuxFiles.O_DIRECTORY | LinuxFiles.O_NOFOLLOW;
        return new LinuxFolder(open(name, flags, 0), clones);
    }

    private int open(byte[] name, int flags, int mode) throws IOException {
        byte[] terminated = Names.terminated(name);
        return checked(LinuxFiles.open(fd, terminated, flags, mode), terminated);
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        ByteBuffer target = BUFFER.get();
        byte[] terminated = Names.terminated(name);
        int length = LinuxFiles.readLink(fd, terminated, LinuxFiles.address(target), LONGEST_LINK);
        var bytes = new byte[checked(length, terminated)];
        target.get(0, bytes);
        return bytes;
    }

    @Override
    public LinuxFolder make(byte[] name) throws IOException {
        byte[] terminated = Names.terminated(name);
        if (!LinuxFiles.makeDirectory(fd, terminated, 0700)) {
            throw failure(terminated);
        }
        return open(name);
    }

    @Override
    public void makeLink(byte[] target, byte[] name, long mtime) throws IOException {
        byte[] terminated = Names.terminated(name);
        if (!LinuxFiles.symbolicLink(Names.terminated(target), fd, terminated)) {
            throw failure(terminated);
        }
        // Not every file system keeps a link's own time.
        LinuxFiles.changeTime(fd, terminated, mtime);
    }

    @Override
    void share(Folder from, byte[] name) throws IOException {
        byte[] terminated = Names.terminated(name);
        if (!LinuxFiles.link(((LinuxFolder) from).fd, terminated, fd)) {
            throw failure(terminated);
        }
    }

    @Override
    public void finish(int permissions, long mtime) throws IOException {
        finish(fd, permissions, mtime, ITSELF);
    }

    private static void finish(int fd, int permissions, long mtime, byte[] name)
            throws IOException {
        if (!LinuxFiles.changeMode(fd, permissions) || !LinuxFiles.changeTime(fd, null, mtime)) {
            throw failure(name);
        }
    }

    @Override
    public void delete(byte[] name) throws IOException {
        byte[] terminated = Names.terminated(name);
        if (!LinuxFiles.unlink(fd, terminated)) {
            throw failure(terminated);
        }
    }

    @Override
    public void deleteDirectory(byte[] name) throws IOException {
        byte[] terminated = Names.terminated(name);
        if (!LinuxFiles.removeDirectory(fd, terminated)) {
            throw failure(terminated);
        }
    }

    @Override
    public void move(byte[] name, Folder to, byte[] newName) throws IOException {
        byte[] terminated = Names.terminated(name);
        int target = ((LinuxFolder) to).fd;
        if (!LinuxFiles.rename(fd, terminated, target, Names.terminated(newName))) {
            throw failure(terminated);
        }
    }

    @Override
    public boolean isOpaque() {
        ByteBuffer value = BUFFER.get();
        long address = LinuxFiles.address(value);
        for (byte[] attribute : OPAQUE) {
            if (LinuxFiles.attribute(fd, attribute, address, 1) == 1 && value.get(0) == 'y') {
                return true;
            }
        }
        return false;
    }

    @Override
    public InputStream read(byte[] name) throws IOException {
        return file(name).stream();
    }

    @Override
    public boolean hasSame(byte[] name, Folder other, BooleanSupplier stopped) throws IOException {
        try (LinuxFile one = file(name);
                LinuxFile two = ((LinuxFolder) other).file(name)) {
            return one.hasSame(two, stopped);
        }
    }

    @Override
    LinuxFile file(byte[] name) throws IOException {
        // A FIFO put in the file's place meanwhile must not be waited for.
        return new LinuxFile(open(name, LinuxFiles.O_NOFOLLOW | LinuxFiles.O_NONBLOCK, 0), name);
    }

    @Override
    Copied copy(Folder from, byte[] name, boolean hashing, BooleanSupplier stopped)
            throws IOException {
        int create = LinuxFiles.O_RDWR | LinuxFiles.O_CREAT | LinuxFiles.O_EXCL;
        try (LinuxFile in = ((LinuxFolder) from).file(name)) {
            Stat before = stat(in.fd(), ITSELF);
            if (!before.isFile()) {
                throw new NoSuchFileException(Names.text(name));
            }
            try (var out = new LinuxFile(open(name, create, 0600), name)) {
                byte[] hash = out.copy(in, before.size(), hashing, clones, stopped);
                finish(out.fd(), before.permissions(), before.mtime(), name);
                return new Copied(before, stat(in.fd(), ITSELF), stat(out.fd(), ITSELF), hash);
            }
        }
    }

    @Override
    public void receive(byte[] name, InputStream content, long size, int permissions, long mtime)
            throws IOException {
        int create = LinuxFiles.O_RDWR | LinuxFiles.O_CREAT | LinuxFiles.O_EXCL;
        try (var file = new LinuxFile(open(name, create, 0600), name)) {
            file.receive(content, size);
            finish(file.fd(), permissions, mtime, name);
        }
    }

    static int checked(int result, byte[] name) throws IOException {
        if (result < 0) {
            throw failure(name);
        }
        return result;
    }

    static FileSystemException failure(byte[] name) {
        int errno = Posix.errno();
        String file = Names.text(name).replace("\0", "");
        return switch (errno) {
            case LinuxFiles.ENOENT -> new NoSuchFileException(file);
            case LinuxFiles.ENOTDIR, LinuxFiles.ELOOP -> new NotDirectoryException(file);
            case LinuxFiles.EEXIST -> new FileAlreadyExistsException(file);
            case LinuxFiles.EACCES -> new AccessDeniedException(file);
            default -> new FileSystemException(file, null, LinuxFiles.reason(errno));
        };
    }

    @Override
    public void close() {
        LinuxFiles.closeFile(fd);
    }
}
