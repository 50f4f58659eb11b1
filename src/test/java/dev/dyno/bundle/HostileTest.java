package dev.dyno.bundle;

import static dev.dyno.bundle.Forgery.bytes;
import static dev.dyno.bundle.Forgery.directory;
import static dev.dyno.bundle.Forgery.file;
import static dev.dyno.bundle.Forgery.link;
import static dev.dyno.bundle.Forgery.patched;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose entries are not what export wrote is refused whole, and nothing of it is left. */
class HostileTest {
    private static final String LEADS_ELSEWHERE = "a name in it leads elsewhere, or is none";
    private static final String NO_SUCH_TYPE =
            "it has an entry that is neither file, directory nor symbolic link";
    private static final String ORDER = "an entry in it comes twice, or in the wrong order";

    @TempDir Path directory;
    private Attack attack;

    @BeforeEach
    void exportOne() throws IOException {
        attack = new Attack(directory);
    }

    @Test
    void whatIsOnlyTakenApartAndPutTogetherIsTaken() throws IOException {
        assertThat(attack.forgery().seal()).isEqualTo(attack.good);
        assertThat(attack.here.refusal(attack.good)).isEmpty();
        assertThat(attack.here.state()).contains("runs/run.7364/record", "files/lib/file");
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
            attack.refused(attack.forgery().after("slug/link", file(name, "x")), expected(name));
        }
        attack.refused(attack.forgery().after("slug/link", directory("slug/../")), LEADS_ELSEWHERE);
        attack.refused(attack.forgery().after("slug/link", directory("slug/x")), LEADS_ELSEWHERE);
        attack.refused(attack.forgery().after("slug/link", file("slug/x/", "")), LEADS_ELSEWHERE);
        attack.refused(
                attack.forgery().after("slug/link", file("/etc/x", "x")), Attack.NOT_WRITTEN);
        attack.refused(attack.forgery().after("slug/link", file("x", "x")), Attack.NOT_WRITTEN);
        attack.refused(attack.forgery().after("slug/link", file("../x", "x")), Attack.NOT_WRITTEN);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    private static String expected(String name) {
        return name.indexOf(0) >= 0 ? Attack.NOT_WRITTEN : LEADS_ELSEWHERE;
    }

    @Test
    void withALongNameThatHasANulInIt() throws IOException {
        attack.refused(
                attack.forgery().after("slug/link", file("slug/m" + "\0n".repeat(100), "")),
                LEADS_ELSEWHERE);
    }

    @Test
    void withALinkThatIsWrittenThrough() throws IOException {
        Path victim = Files.createDirectory(directory.resolve("victim"));
        attack.refused(
                attack.forgery()
                        .after(
                                "slug/link",
                                link("slug/out", victim.toString()),
                                file("slug/out/x", "x")),
                LEADS_ELSEWHERE);
        attack.refused(
                attack.forgery()
                        .after("slug/link", link("slug/out", "/etc"), directory("slug/out/")),
                ORDER);
        attack.refused(
                attack.forgery()
                        .after("slug/link", link("slug/out", "/etc/x"), file("slug/out", "x")),
                ORDER);
        assertThat(victim).isEmptyDirectory();
    }

    @Test
    void withHardLinksDevicesPipesAndSetuidBits() throws IOException {
        byte[] plain = file("slug/x", "");
        for (char type : "13467gxSD\0".toCharArray()) {
            attack.refused(
                    attack.forgery().after("slug/link", patched(plain, 156, "" + type)),
                    NO_SUCH_TYPE);
        }
        attack.refused(
                attack.forgery().after("slug/link", patched(plain, 100, "0004755")), NO_SUCH_TYPE);
        attack.refused(
                attack.forgery().after("slug/link", patched(plain, 108, "0001750")),
                Attack.NOT_WRITTEN);
        attack.refused(
                attack.forgery().after("slug/link", patched(plain, 157, "lib/file")), NO_SUCH_TYPE);
        attack.refused(
                attack.forgery().after("slug/link", patched(plain, 329, "0000001")),
                Attack.NOT_WRITTEN);
        attack.refused(
                attack.forgery().after("slug/link", patched(plain, 345, "..")), Attack.NOT_WRITTEN);
    }

    @Test
    void withEntriesThatComeTwiceOrInAnotherOrder() throws IOException {
        attack.refused(attack.forgery().after("slug/link", file("slug/link", "x")), ORDER);
        attack.refused(
                attack.forgery().after("slug/link", file("slug/lib/file", "x")), LEADS_ELSEWHERE);
        attack.refused(attack.forgery().after("slug/link", directory("slug/lib/")), ORDER);
        attack.refused(attack.forgery().after("slug/link", directory("slug/")), LEADS_ELSEWHERE);
        attack.refused(attack.forgery().after("run", file("run", "x")), "it has no release");
        attack.refused(attack.forgery().replace("run"), "it has no run");
        attack.refused(attack.forgery().replace("slug/"), "it has no slug/");
    }

    @Test
    void withFilesThatAreNotThoseOfTheSlug() throws IOException {
        attack.refused(
                attack.forgery().replace("slug/Procfile", file("slug/Procfile", "web: wicked\n")),
                "it does not have the files it says it has");
        attack.refused(
                attack.forgery().replace("slug/Procfile", file("slug/Procfile", "web: evil\n")),
                "its files are not those of its slug");
        attack.refused(
                attack.forgery().after("slug/link", file("slug/x", "x")),
                "it does not have the files it says it has");
    }

    @Test
    void withARecordThatIsIncompleteOrContradictsItself() throws IOException {
        String incomplete = "what it says of the one-off is incomplete";
        String contradiction = "what it says of the one-off contradicts itself";
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("status=3", "status=x")),
                incomplete);
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("run.7364", "../../x")),
                incomplete);
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("size=Basic", "size=x")),
                incomplete);
        attack.refused(
                attack.forgery().edit("run", text -> text.concat("env.A B=1\n")), incomplete);
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("plain", "none")), contradiction);
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("s=80", "s=99999")),
                contradiction);
        attack.refused(
                attack.forgery().edit("run", text -> text.replace("ended_at", "e")), contradiction);
        attack.refused(
                attack.forgery().edit("release", text -> text.replaceFirst("slug=.", "slug=g")),
                incomplete);
        attack.refused(
                attack.forgery().edit("release", text -> text.replace("id=", "id=x")),
                contradiction);
        attack.refused(
                attack.forgery().edit("manifest", text -> text.concat("masked.A\u001b[2J=\n")),
                incomplete);
    }

    @Test
    void withDeletedPathsThatLeadElsewhere() throws IOException {
        for (String paths : new String[] {"../x\0", "/etc\0", "a//b\0", "a", "\0", "a\0./b\0"}) {
            byte[] bytes = bytes(paths);
            byte[] entry = Forgery.entry(Header.file("deleted", bytes.length), bytes);
            attack.refused(attack.forgery().after("slug/link", entry), LEADS_ELSEWHERE);
        }
    }
}
