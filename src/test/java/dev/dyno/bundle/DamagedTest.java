package dev.dyno.bundle;

import static dev.dyno.bundle.Forgery.bytes;
import static dev.dyno.bundle.Forgery.directory;
import static dev.dyno.bundle.Forgery.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no whole bundle of this dyno is refused, and nothing of it is left. */
class DamagedTest {
    @TempDir Path directory;
    private Attack attack;

    @BeforeEach
    void exportOne() throws IOException {
        attack = new Attack(directory);
    }

    @Test
    void cutOffAtAnyByte() throws IOException {
        for (int length = 0; length < attack.good.length; length++) {
            assertThat(attack.here.refusal(Arrays.copyOf(attack.good, length)))
                    .as("%s of %s bytes", length, attack.good.length)
                    .matches(
                            "bundle.dyno (holds no one-off dyno|is damaged: its check sum is wrong)");
        }
        assertThat(attack.here.state()).isEmpty();
    }

    @Test
    void withAnyByteChanged() throws IOException {
        for (int i = 0; i < attack.good.length; i++) {
            for (int bit : new int[] {1, 0xff}) {
                byte[] changed = attack.good.clone();
                changed[i] ^= (byte) bit;
                assertThat(attack.here.refusal(changed))
                        .as("byte %s ^ %s", i, bit)
                        .matches(
                                "bundle.dyno (holds no one-off dyno|is damaged: its check sum is wrong)");
            }
        }
        assertThat(attack.here.state()).isEmpty();
    }

    @Test
    void withSomethingBehindIt() throws IOException {
        assertThat(attack.here.refusal(Arrays.copyOf(attack.good, attack.good.length + 1)))
                .isEqualTo("bundle.dyno is damaged: its check sum is wrong");
        var twice = new ByteArrayOutputStream();
        twice.writeBytes(attack.good);
        twice.writeBytes(attack.good);
        assertThat(attack.here.refusal(twice.toByteArray())).endsWith("its check sum is wrong");
        attack.refused(attack.forgery().after("slug/link", file("more", "")), Attack.NOT_WRITTEN);
    }

    @Test
    void ofANewerDyno() throws IOException {
        byte[] newer =
                attack.forgery()
                        .edit("manifest", text -> text.replace("bundle=1", "bundle=2"))
                        .seal();
        assertThat(attack.here.refusal(newer))
                .isEqualTo("bundle.dyno was written by a newer dyno (format 2)");
    }

    @Test
    void ofSomeoneElse() throws IOException {
        assertThat(attack.here.refusal(bytes("hello")))
                .isEqualTo("bundle.dyno holds no one-off dyno");
        assertThat(attack.here.refusal(new byte[1 << 20]))
                .isEqualTo("bundle.dyno holds no one-off dyno");
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
