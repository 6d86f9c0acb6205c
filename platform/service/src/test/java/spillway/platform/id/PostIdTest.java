package spillway.platform.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostIdTest {

    @Test
    void anId_givesBackTheSlotTimeAndSequenceItWasMadeOf() {
        PostId id = PostId.of(59_961_600_123L, new Slot(4095), 1023);

        assertThat(id.slot()).isEqualTo(new Slot(4095));
        assertThat(id.createdAt()).isEqualTo(Instant.parse("2026-11-26T00:00:00.123Z"));
        assertThat(id.sequence()).isEqualTo(1023);
    }

    @Test
    void theLastIdOfTheLastMillisecond_isTheLargestPositiveLong() {
        assertThat(PostId.of((1L << 41) - 1, new Slot(4095), 1023).value()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLaterId_sortsAfterAnEarlierOneOfAnySlot() {
        assertThat(PostId.of(2, new Slot(0), 0)).isGreaterThan(PostId.of(1, new Slot(4095), 1023));
    }

    @Test
    void theWireForm_isReadBack() {
        PostId id = PostId.of(1, new Slot(7), 9);

        assertThat(PostId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "+1",
                "01",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x10",
                "9223372036854775808",
                "99999999999999999999",
                "١",
                "{1}",
                "1/../2",
                "null"
            })
    void anotherSpelling_isRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostId.parse(text))
                .withMessage("post id must be a positive 63-bit number in decimal digits");
    }

    @Test
    void partsOutOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PostId.of(-1, new Slot(0), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> PostId.of(1L << 41, new Slot(0), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> PostId.of(1, new Slot(0), 1024));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slot(4096));
    }
}
