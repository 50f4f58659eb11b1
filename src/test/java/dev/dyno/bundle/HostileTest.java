package dev.dyno.bundle;

import static dev.dyno.bundle.Forgery.bytes;
import static dev.dyno.bundle.Forgery.directory;
import static dev.dyno.bundle.Forgery.file;
import static dev.dyno.bundle.Forgery.link;
import static dev.dyno.bundle.Forgery.patched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not what export wrote is refused whole, and nothing of it is left. */
class HostileTest {
    private static final String LEADS_ELSEWHERE = "a name in it leads elsewhere, or is none";
    private static final String NO_SUCH_TYPE =
            "it has an entry that is neither file, directory nor symbolic link";
    private static final String NOT_WRITTEN = "it has an entry that no dyno writes";
    private static final String ORDER = "an entry in it comes twice, or in the wrong order";

    @TempDir Path directory;
    private Machine there;
    private Machine here;
    private byte[] good;

    @BeforeEach
    void exportOne() throws IOException {
        there = new Machine(directory.resolve("there"));
        there.write("Procfile", "web: true\n");
        there.write("lib/file", "content\n");
        Files.createSymbolicLink(there.files().resolve("link"), Path.of("lib/file"));
        good = there.export(there.ended(Map.of("OWN", "1")), Choice.NONE);
        here = new Machine(directory.resolve("here"));
        here.write("Procfile", "web: true\n");
    }

    private Forgery forgery() throws IOException {
        return new Forgery(good);
    }

    private void refused(Forgery forgery, String why) throws IOException {
        assertThat(here.refusal(forgery.seal())).isEqualTo("bundle.dyno is refused: " + why);
        assertThat(here.state()).isEmpty();
    }

    @Test
    void whatIsOnlyTakenApartAndPutTogetherIsTaken() throws IOException {
        assertThat(forgery().seal()).isEqualTo(good);
        assertThat(here.refusal(good)).isEmpty();
        assertThat(here.state()).contains("runs/run.7364/record", "files/lib/file");
    }

    @Test
    void cutOffAtAnyByte() throws IOException {
        for (int length = 0; length < good.length; length++) {
            assertThat(here.refusal(Arrays.copyOf(good, length)))
                    .as("%s of %s bytes", length, good.length)
                    .matches(
                            "bundle.dyno (holds no one-off dyno|is damaged: its check sum is wrong)");
        }
        assertThat(here.state()).isEmpty();
    }

    @Test
    void withAnyByteChanged() throws IOException {
        for (int i = 0; i < good.length; i++) {
            for (int bit : new int[] {1, 0xff}) {
                byte[] changed = good.clone();
                changed[i] ^= (byte) bit;
                assertThat(here.refusal(changed))
                        .as("byte %s ^ %s", i, bit)
                        .matches(
                                "bundle.dyno (holds no one-off dyno|is damaged: its check sum is wrong)");
            }
        }
        assertThat(here.state()).isEmpty();
    }

    @Test
    void withSomethingBehindIt() throws IOException {
        assertThat(here.refusal(Arrays.copyOf(good, good.length + 1)))
                .isEqualTo("bundle.dyno is damaged: its check sum is wrong");
        var twice = new ByteArrayOutputStream();
        twice.writeBytes(good);
        twice.writeBytes(good);
        assertThat(here.refusal(twice.toByteArray())).endsWith("its check sum is wrong");
        refused(forgery().after("slug/link", file("more", "")), NOT_WRITTEN);
    }

    @Test
    void ofANewerDyno() throws IOException {
        byte[] newer =
                forgery().edit("manifest", text -> text.replace("bundle=1", "bundle=2")).seal();
        assertThat(here.refusal(newer))
                .isEqualTo("bundle.dyno was written by a newer dyno (format 2)");
    }

    @Test
    void ofSomeoneElse() throws IOException {
        assertThat(here.refusal(bytes("hello"))).isEqualTo("bundle.dyno holds no one-off dyno");
        assertThat(here.refusal(new byte[1 << 20])).isEqualTo("bundle.dyno holds no one-off dyno");
    }

    @Test
    void withNamesThatLeadElsewhere() throws IOException {
        for (String name :
                new String[] {
                    "slug/../x",
                    "slug/lib/../../x",
                    "slug/..",
                    "slug/.",
                    "slug//x",
                    "slug/lib//x",
                    "slug//etc/x",
                    "slug/a\0b",
                    "slug/lib/" + "n".repeat(256),
                    "slug/none/x",
                    "slug/link/x",
                    "slug/lib/file/x"
                }) {
            refused(forgery().after("slug/link", file(name, "x")), expected(name));
        }
        refused(forgery().after("slug/link", directory("slug/../")), LEADS_ELSEWHERE);
        refused(forgery().after("slug/link", directory("slug/x")), LEADS_ELSEWHERE);
        refused(forgery().after("slug/link", file("slug/x/", "")), LEADS_ELSEWHERE);
        refused(forgery().after("slug/link", file("/etc/x", "x")), NOT_WRITTEN);
        refused(forgery().after("slug/link", file("x", "x")), NOT_WRITTEN);
        refused(forgery().after("slug/link", file("../x", "x")), NOT_WRITTEN);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    private static String expected(String name) {
        return name.indexOf(0) >= 0 ? NOT_WRITTEN : LEADS_ELSEWHERE;
    }

    @Test
    void withALongNameThatHasANulInIt() throws IOException {
        refused(
                forgery().after("slug/link", file("slug/m" + "\0n".repeat(100), "")),
                LEADS_ELSEWHERE);
    }

    @Test
    void withALinkThatIsWrittenThrough() throws IOException {
        Path victim = Files.createDirectory(directory.resolve("victim"));
        refused(
                forgery()
                        .after(
                                "slug/link",
                                link("slug/out", victim.toString()),
                                file("slug/out/x", "x")),
                LEADS_ELSEWHERE);
        refused(
                forgery().after("slug/link", link("slug/out", "/etc"), directory("slug/out/")),
                ORDER);
        refused(
                forgery().after("slug/link", link("slug/out", "/etc/x"), file("slug/out", "x")),
                ORDER);
        assertThat(victim).isEmptyDirectory();
    }

    @Test
    void withHardLinksDevicesPipesAndSetuidBits() throws IOException {
        byte[] plain = file("slug/x", "");
        for (char type : "13467gxSD\0".toCharArray()) {
            refused(forgery().after("slug/link", patched(plain, 156, "" + type)), NO_SUCH_TYPE);
        }
        refused(forgery().after("slug/link", patched(plain, 100, "0004755")), NO_SUCH_TYPE);
        refused(forgery().after("slug/link", patched(plain, 108, "0001750")), NOT_WRITTEN);
        refused(forgery().after("slug/link", patched(plain, 157, "lib/file")), NO_SUCH_TYPE);
        refused(forgery().after("slug/link", patched(plain, 329, "0000001")), NOT_WRITTEN);
        refused(forgery().after("slug/link", patched(plain, 345, "..")), NOT_WRITTEN);
    }

    @Test
    void withEntriesThatComeTwiceOrInAnotherOrder() throws IOException {
        refused(forgery().after("slug/link", file("slug/link", "x")), ORDER);
        refused(forgery().after("slug/link", file("slug/lib/file", "x")), LEADS_ELSEWHERE);
        refused(forgery().after("slug/link", directory("slug/lib/")), ORDER);
        refused(forgery().after("slug/link", directory("slug/")), LEADS_ELSEWHERE);
        refused(forgery().after("run", file("run", "x")), "it has no release");
        refused(forgery().replace("run"), "it has no run");
        refused(forgery().replace("slug/"), "it has no slug/");
    }

    @Test
    void withFilesThatAreNotThoseOfTheSlug() throws IOException {
        refused(
                forgery().replace("slug/Procfile", file("slug/Procfile", "web: wicked\n")),
                "it does not have the files it says it has");
        refused(
                forgery().replace("slug/Procfile", file("slug/Procfile", "web: evil\n")),
                "its files are not those of its slug");
        refused(
                forgery().after("slug/link", file("slug/x", "x")),
                "it does not have the files it says it has");
    }

    @Test
    void withARecordThatIsIncompleteOrContradictsItself() throws IOException {
        String incomplete = "what it says of the one-off is incomplete";
        String contradiction = "what it says of the one-off contradicts itself";
        refused(forgery().edit("run", text -> text.replace("status=3", "status=x")), incomplete);
        refused(forgery().edit("run", text -> text.replace("run.7364", "../../x")), incomplete);
        refused(forgery().edit("run", text -> text.replace("size=Basic", "size=x")), incomplete);
        refused(forgery().edit("run", text -> text.concat("env.A B=1\n")), incomplete);
        refused(forgery().edit("run", text -> text.replace("plain", "none")), contradiction);
        refused(forgery().edit("run", text -> text.replace("s=80", "s=99999")), contradiction);
        refused(forgery().edit("run", text -> text.replace("ended_at", "e")), contradiction);
        refused(
                forgery().edit("release", text -> text.replaceFirst("slug=.", "slug=g")),
                incomplete);
        refused(forgery().edit("release", text -> text.replace("id=", "id=x")), contradiction);
        refused(
                forgery().edit("manifest", text -> text.concat("masked.A\u001b[2J=\n")),
                incomplete);
    }

    @Test
    void withDeletedPathsThatLeadElsewhere() throws IOException {
        for (String paths : new String[] {"../x\0", "/etc\0", "a//b\0", "a", "\0", "a\0./b\0"}) {
            byte[] bytes = bytes(paths);
            byte[] entry = Forgery.entry(Header.file("deleted", bytes.length), bytes);
            refused(forgery().after("slug/link", entry), LEADS_ELSEWHERE);
        }
    }

    @Test
    void withMoreThanTheDiskHolds() throws IOException {
        refused(
                forgery()
                        .after(
                                "slug/link",
                                new Header(bytes("slug/x"), '0', 0644, 1L << 50, 0, new byte[0])
                                        .bytes()),
                "it would take more than 64 GB");
        refused(
                forgery()
                        .after(
                                "slug/link",
                                new Header(
                                                bytes("slug/x"),
                                                '0',
                                                0644,
                                                Long.MAX_VALUE,
                                                0,
                                                new byte[0])
                                        .bytes()),
                "it would take more than 64 GB");
        refused(
                forgery().edit("run", text -> text.concat("x".repeat(9 << 20))),
                "its run is too long");
    }

    @Test
    void withDirectoriesThatAreNestedTooDeep() throws IOException {
        var deep = new ByteArrayOutputStream();
        var name = new StringBuilder("slug/m");
        for (int i = 0; i < 600; i++) {
            deep.writeBytes(directory(name.append("/").toString()));
            name.append("m");
        }
        refused(
                forgery().after("slug/link", deep.toByteArray()),
                "directories in it are nested deeper than 500");
    }

    @Test
    void withMoreEntriesThanAnAppHas() throws IOException {
        var bounds = new Bounds(3, 1000, 1000, 1, 1);
        for (int i = 0; i < 3; i++) {
            bounds.entry(0);
        }
        assertThatThrownBy(() -> bounds.entry(0)).hasMessage("it has more than 3 entries");
    }

    @Test
    void thatIsPackedSoWellThatItCanOnlyBeABomb() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var packer = new Packer(packed)) {
            byte[] zeros = new byte[Member.BLOCK];
            byte[] ones = zeros.clone();
            Arrays.fill(ones, (byte) 1);
            for (int i = 0; i < 20; i++) {
                packer.write(i < 10 ? zeros : ones);
            }
            packer.seal();
        }
        byte[] bundle = packed.toByteArray();
        int members = bundle.length - Seal.LENGTH;
        long doubtful = 5 * Member.BLOCK;
        var bounds = new Bounds(9, 1L << 40, doubtful, 50, bundle.length);
        try (var unpacker =
                new Unpacker(new ByteArrayInputStream(bundle, 0, members), members, bounds)) {
            assertThat(unpacker.readNBytes(15 * Member.BLOCK)).hasSize(15 * Member.BLOCK);
            assertThatThrownBy(unpacker::readAllBytes)
                    .hasMessage("it would take more than 50 times its size");
        }
    }

    @Test
    void withAMemberThatHoldsMoreThanABlock() throws IOException {
        byte[] member = Member.pack(new byte[Member.BLOCK], Member.BLOCK);
        ByteBuffer.wrap(member).order(ByteOrder.LITTLE_ENDIAN).putInt(member.length - 4, 100);
        assertThatThrownBy(() -> Member.unpack(member)).hasMessage("it is no whole bundle");
        ByteBuffer.wrap(member).order(ByteOrder.LITTLE_ENDIAN).putInt(member.length - 4, -1);
        assertThatThrownBy(() -> Member.unpack(member)).hasMessage("it is no whole bundle");
    }
}
