package dev.dyno.slug;

import dev.dyno.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A directory through NIO: everywhere, and with nothing to be loaded first. */
final class NioFolder extends Folder {
    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE =
            Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
    private static final String OPAQUE = "overlay.opaque";
    private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

    private final Path path;
    private final SecureDirectoryStream<Path> stream;

    private NioFolder(Path path, SecureDirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    @SuppressWarnings({"unchecked", "StreamResourceLeak"})
    static NioFolder at(Path path) throws IOException {
        var stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream) {
            return new NioFolder(path, (SecureDirectoryStream<Path>) stream);
        }
        stream.close();
        throw new UserError("this system cannot walk directories by descriptor (openat)");
    }

    @Override
    public List<byte[]> names() throws IOException {
        var names = new ArrayList<byte[]>();
        try {
            for (Path entry : stream) {
                names.add(Names.bytes(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public Stat stat() throws IOException {
        return statOf(path);
    }

    /** By path, since a directory stream has no view that tells ctime; nothing is opened by it. */
    @Override
    public Stat stat(byte[] name) throws IOException {
        return statOf(path.resolve(Names.path(name)));
    }

    private static Stat statOf(Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(
                        file,
                        "unix:mode,ino,size,ctime,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS);
        return new Stat(
                (int) number(attributes.get("mode")),
                number(attributes.get("ino")),
                number(attributes.get("size")),
                number(attributes.get("lastModifiedTime")),
                number(attributes.get("ctime")));
    }

    private static long number(@Nullable Object attribute) {
        if (attribute instanceof FileTime time) {
            return time.to(TimeUnit.NANOSECONDS);
        }
        return ((Number) java.util.Objects.requireNonNull(attribute)).longValue();
    }

    @Override
    public NioFolder open(byte[] name) throws IOException {
        Path entry = Names.path(name);
        return new NioFolder(
                path.resolve(entry), stream.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public byte[] readLink(byte[] name) throws IOException {
        return Names.bytes(Files.readSymbolicLink(path.resolve(Names.path(name))));
    }

    @Override
    public NioFolder make(byte[] name) throws IOException {
        Path made = Files.createDirectory(path.resolve(Names.path(name)));
        Files.setPosixFilePermissions(made, permissions(0700));
        return open(name);
    }

    @Override
    public void makeLink(byte[] target, byte[] name, long mtime) throws IOException {
        Path link = path.resolve(Names.path(name));
        Files.createSymbolicLink(link, Names.target(target));
        try {
            time(link, mtime);
        } catch (IOException e) {
            // Not every file system keeps a link's own time.
        }
    }

    @Override
    void share(Folder from, byte[] name) throws IOException {
        Path entry = Names.path(name);
        Files.createLink(path.resolve(entry), ((NioFolder) from).path.resolve(entry));
    }

    @Override
    public void finish(int permissions, long mtime) throws IOException {
        Files.setPosixFilePermissions(path, permissions(permissions));
        time(path, mtime);
    }

    @Override
    public void delete(byte[] name) throws IOException {
        stream.deleteFile(Names.path(name));
    }

    @Override
    public void deleteDirectory(byte[] name) throws IOException {
        stream.deleteDirectory(Names.path(name));
    }

    @Override
    public void move(byte[] name, Folder to, byte[] newName) throws IOException {
        stream.move(Names.path(name), ((NioFolder) to).stream, Names.path(newName));
    }

    /** NIO knows the attributes of users only. */
    @Override
    public boolean isOpaque() throws IOException {
        var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        if (view == null || !view.list().contains(OPAQUE)) {
            return false;
        }
        ByteBuffer value = ByteBuffer.allocate(view.size(OPAQUE));
        view.read(OPAQUE, value);
        return value.position() == 1 && value.get(0) == 'y';
    }

    @Override
    public InputStream read(byte[] name) throws IOException {
        return Channels.newInputStream(file(name).channel());
    }

    @Override
    public boolean hasSame(byte[] name, Folder other, BooleanSupplier stopped) throws IOException {
        try (NioFile one = file(name);
                NioFile two = ((NioFolder) other).file(name)) {
            return one.hasSame(two, stopped);
        }
    }

    @Override
    Copied copy(Folder from, byte[] name, boolean hashing, BooleanSupplier stopped)
            throws IOException {
        Stat before = from.stat(name);
        Path to = path.resolve(Names.path(name));
        if (!before.isFile()) {
            throw new NoSuchFileException(to.toString());
        }
        boolean cloning = before.size() > Content.BLOCK && NioFile.clones(path);
        byte[] hash;
        try (NioFile in = ((NioFolder) from).file(name);
                var out = new NioFile(FileChannel.open(to, WRITE))) {
            hash = cloning ? out.clone(in, stopped) : out.copy(in, hashing, stopped);
        }
        Files.setPosixFilePermissions(to, permissions(before.permissions()));
        time(to, before.mtime());
        return new Copied(before, from.stat(name), stat(name), hash);
    }

    @Override
    public void receive(byte[] name, InputStream content, long size, int permissions, long mtime)
            throws IOException {
        Path to = path.resolve(Names.path(name));
        try (var file = new NioFile(FileChannel.open(to, WRITE))) {
            file.receive(content, size);
        }
        Files.setPosixFilePermissions(to, permissions(permissions));
        time(to, mtime);
    }

    @Override
    NioFile file(byte[] name) throws IOException {
        return new NioFile((FileChannel) stream.newByteChannel(Names.path(name), READ));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSIONS.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                set.add(PERMISSIONS[i]);
            }
        }
        return set;
    }

    private static void time(Path path, long mtime) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(mtime, TimeUnit.NANOSECONDS), null, null);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
