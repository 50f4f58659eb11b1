package dev.dyno.bundle;

import dev.dyno.CalledAs;
import dev.dyno.UserError;
import dev.dyno.store.Fields;
import dev.dyno.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Arrays;

/** The file that is said to be a bundle, and whether each of its bytes is as it was written. */
final class Source implements AutoCloseable {
    private static final int LONGEST_MANIFEST = 1 << 19;

    private final String name;
    private final SeekableByteChannel channel;
    private final long size;

    private Source(String name, SeekableByteChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    /**
     * @throws UserError where there is no such file, or it is none
     */
    static Source open(Path file) {
        String name = Printable.escape(file.toString());
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new UserError(name + " is no file"); // a FIFO would be waited for
            }
            SeekableByteChannel channel = Files.newByteChannel(file);
            return new Source(name, channel, channel.size());
        } catch (java.nio.file.NoSuchFileException e) {
            throw new UserError("there is no file " + name);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new UserError("cannot read " + name + ": Permission denied");
        } catch (IOException e) {
            throw new UserError("cannot read " + name + ": " + e.getMessage());
        }
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /**
     * @throws UserError where it is no bundle, one of a newer dyno, or damaged
     */
    void check() throws IOException {
        byte[] first = first();
        if (!Member.isHeader(first)) {
            throw new UserError(
                    name + " holds no one-off dyno",
                    "Such a file is written by: " + CalledAs.NAME + " export run.7364");
        }
        int version = version(first);
        if (version > Manifest.VERSION) {
            throw new UserError(
                    name + " was written by a newer dyno (format " + version + ")",
                    "Import it with that dyno.");
        }
        if (size <= Seal.LENGTH || !isSealed()) {
            throw new UserError(
                    name + " is damaged: its check sum is wrong",
                    "Nothing of it was taken. Fetch it once more.");
        }
    }

    private byte[] first() throws IOException {
        channel.position(0);
        return Channels.newInputStream(channel).readNBytes(Member.LONGEST);
    }

    /** 0 where it cannot be told. */
    private static int version(byte[] first) {
        try {
            byte[] member = Arrays.copyOf(first, Member.length(first));
            var in = new ByteArrayInputStream(Member.unpack(member));
            Header header = Header.read(in);
            return header == null || header.size() > LONGEST_MANIFEST
                    ? 0
                    : Manifest.version(Fields.of(in.readNBytes((int) header.size())));
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean isSealed() throws IOException {
        MessageDigest digest = Seal.digest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
        channel.position(0);
        for (long left = size - Seal.LENGTH; left > 0; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int count = channel.read(buffer);
            if (count < 0) {
                return false;
            }
            digest.update(buffer.flip());
            left -= count;
        }
        byte[] seal = Channels.newInputStream(channel).readNBytes(Seal.LENGTH);
        return Arrays.equals(seal, Seal.of(digest.digest()));
    }

    /** The members, from the first on; closing them closes this. */
    InputStream members() throws IOException {
        channel.position(0);
        return Channels.newInputStream(channel);
    }

    UserError refused(Damaged e) {
        return new UserError(
                name + " is refused: " + e.getMessage(),
                "Nothing of it was taken. It was not written by " + CalledAs.NAME + " export.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
