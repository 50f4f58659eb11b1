package dev.dyno.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Files by descriptor on Linux, for trees of many files: a call costs the system call and next to
 * nothing else, where NIO makes objects for each. All of it goes through {@code syscall(2)}, since
 * glibc has had no {@code fstatat} to link to for long. A call that fails returns -1 and leaves
 * {@link Posix#errno()}.
 */
public final class LinuxFiles {
    public static final int CURRENT_DIRECTORY = -100;

    public static final int O_RDONLY = 0;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_DIRECTORY = Machine.ARM ? 0x4000 : 0x10000;
    public static final int O_NOFOLLOW = Machine.ARM ? 0x8000 : 0x20000;

    public static final int ENOENT = 2;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int ENOTDIR = 20;
    public static final int ELOOP = 40;

    /** Room for {@code struct statx}, and where its fields stand, the same on each processor. */
    public static final int STATX = 256;

    public static final int STATX_MODE = 28;
    public static final int STATX_INODE = 32;
    public static final int STATX_SIZE = 40;
    public static final int STATX_CTIME = 96;
    public static final int STATX_MTIME = 112;

    private static final int STATX_BASIC = 0x7ff;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int LOOK = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH;

    private static final int READ = Machine.ARM ? 63 : 0;
    private static final int WRITE = Machine.ARM ? 64 : 1;
    private static final int FTRUNCATE = Machine.ARM ? 46 : 77;
    private static final int FCHMOD = Machine.ARM ? 52 : 91;
    private static final int GETDENTS = Machine.ARM ? 61 : 217;
    private static final int OPENAT = Machine.ARM ? 56 : 257;
    private static final int MKDIRAT = Machine.ARM ? 34 : 258;
    private static final int UNLINKAT = Machine.ARM ? 35 : 263;
    private static final int LINKAT = Machine.ARM ? 37 : 265;
    private static final int SYMLINKAT = Machine.ARM ? 36 : 266;
    private static final int READLINKAT = Machine.ARM ? 78 : 267;
    private static final int UTIMENSAT = Machine.ARM ? 88 : 280;
    private static final int IOCTL = Machine.ARM ? 29 : 16;
    private static final int FICLONE = 0x40049409;
    private static final int STATX_CALL = Machine.ARM ? 291 : 332;
    private static final int LSEEK = Machine.ARM ? 62 : 8;
    private static final int RENAMEAT2 = Machine.ARM ? 276 : 316;
    private static final int FGETXATTR = Machine.ARM ? 10 : 193;
    private static final int AT_REMOVEDIR = 0x200;

    static {
        Binding.bind(LinuxFiles.class);
    }

    private LinuxFiles() {}

    /** Whether this system is one whose calls are known here. */
    public static boolean available() {
        return Machine.LINUX && (Machine.INTEL || Machine.ARM);
    }

    private static native long syscall(long call, long a, long b, long c, long d, long e);

    private static native long syscall(long call, long a, byte[] b, long c, long d);

    private static native long syscall(long call, long a, byte[] b, long c, byte[] d, long e);

    private static native long syscall(long call, byte[] a, long b, byte[] c);

    private static native int close(int fd);

    private static native String strerror(int errno);

    /** A buffer outside of the heap, in the machine's own order of bytes. */
    public static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    public static long address(ByteBuffer direct) {
        return Binding.isOwn()
                ? Shim.address(direct)
                : Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /**
     * @param name address of a name that ends with a NUL; an empty one means {@code fd} itself
     * @param statx address of {@link #STATX} bytes
     */
    public static boolean stat(int fd, long name, long statx) {
        return syscall(STATX_CALL, fd, name, LOOK, STATX_BASIC, statx) == 0;
    }

    /** As {@link #stat(int, long, long)}; the name ends with a NUL. */
    public static boolean stat(int fd, byte[] name, ByteBuffer statx) {
        return syscall(STATX_CALL, fd, name, LOOK, STATX_BASIC, statx) == 0;
    }

    private static native long syscall(
            long call, long a, byte[] b, long c, long d, ByteBuffer statx);

    public static int open(int fd, long name, int flags) {
        return (int) syscall(OPENAT, fd, name, flags | O_CLOEXEC, 0, 0);
    }

    public static int open(int fd, byte[] name, int flags, int mode) {
        return (int) syscall(OPENAT, fd, name, flags | O_CLOEXEC, mode);
    }

    public static void closeFile(int fd) {
        close(fd);
    }

    public static int read(int fd, long bytes, int count) {
        return (int) syscall(READ, fd, bytes, count, 0, 0);
    }

    public static int write(int fd, long bytes, int count) {
        return (int) syscall(WRITE, fd, bytes, count, 0, 0);
    }

    /** Moves the place of reading or writing by {@code count} bytes. */
    public static boolean skip(int fd, long count) {
        return syscall(LSEEK, fd, count, 1, 0, 0) >= 0;
    }

    public static boolean truncate(int fd, long size) {
        return syscall(FTRUNCATE, fd, size, 0, 0, 0) == 0;
    }

    /** Makes {@code to} share the blocks of {@code from}; false where the file system cannot. */
    public static boolean clone(int from, int to) {
        return syscall(IOCTL, to, FICLONE, from, 0, 0) == 0;
    }

    /** Records of {@code struct linux_dirent64}; 0 after the last. */
    public static int entries(int fd, long buffer, int size) {
        return (int) syscall(GETDENTS, fd, buffer, size, 0, 0);
    }

    public static boolean makeDirectory(int fd, byte[] name, int mode) {
        return syscall(MKDIRAT, fd, name, mode, 0) == 0;
    }

    public static boolean unlink(int fd, byte[] name) {
        return syscall(UNLINKAT, fd, name, 0, 0) == 0;
    }

    public static boolean removeDirectory(int fd, byte[] name) {
        return syscall(UNLINKAT, fd, name, AT_REMOVEDIR, 0) == 0;
    }

    /** Takes the place of a file that has the new name already. */
    public static boolean rename(int from, byte[] name, int to, byte[] newName) {
        return syscall(RENAMEAT2, from, name, to, newName, 0) == 0;
    }

    /**
     * An extended attribute's value.
     *
     * @return how many bytes, or -1 where it has no such attribute
     */
    public static int attribute(int fd, byte[] name, long value, int size) {
        return (int) syscall(FGETXATTR, fd, name, value, size);
    }

    public static boolean link(int from, byte[] name, int to) {
        return syscall(LINKAT, from, name, to, name, 0) == 0;
    }

    public static boolean symbolicLink(byte[] target, int fd, byte[] name) {
        return syscall(SYMLINKAT, target, fd, name) == 0;
    }

    /** How many bytes the link's target has, at most {@code size}. */
    public static int readLink(int fd, byte[] name, long target, int size) {
        return (int) syscall(READLINKAT, fd, name, target, size);
    }

    public static boolean changeMode(int fd, int mode) {
        return syscall(FCHMOD, fd, mode, 0, 0, 0) == 0;
    }

    /**
     * Sets the time of the last change; that of the last access stays.
     *
     * @param name null for {@code fd} itself
     * @param nanoseconds since 1970
     */
    public static boolean changeTime(int fd, byte @Nullable [] name, long nanoseconds) {
        var times = new byte[32];
        ByteBuffer.wrap(times)
                .order(ByteOrder.nativeOrder())
                .putLong(8, 0x3ffffffe) // UTIME_OMIT
                .putLong(16, Math.floorDiv(nanoseconds, 1_000_000_000L))
                .putLong(24, Math.floorMod(nanoseconds, 1_000_000_000L));
        return syscall(UTIMENSAT, fd, name, times, name == null ? 0 : AT_SYMLINK_NOFOLLOW) == 0;
    }

    private static native long syscall(long call, long a, byte @Nullable [] b, byte[] c, long d);

    /** What the errno means, in English where the locale is C. */
    public static String reason(int errno) {
        return strerror(errno);
    }
}
