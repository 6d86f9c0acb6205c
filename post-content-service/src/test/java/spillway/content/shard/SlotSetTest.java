package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.platform.id.Slot;

class SlotSetTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{[0,1)}", "{[0,256),[300,301),[4095,4096)}", "{[0,4096)}"})
    void multirange_isReadAsItIsWritten(String multirange) {
        assertThat(SlotSet.parse(multirange).multirange()).isEqualTo(multirange);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[0,1)",
                "{[0,1]}",
                "{(0,1)}",
                "{[0,4097)}",
                "{[a,b)}",
                "{[0,1),}",
                "{[3,2)}",
                "{[0,1)",
                "{[0,1)}}",
                "{[0,1)[2,3)}"
            })
    void whatIsNoMultirangeOfSlots_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SlotSet.parse(text));
    }

    @Test
    void people_readRangesWithTheirLast() {
        assertThat(SlotSet.parse("{[0,256),[300,301)}")).hasToString("0-255,300");
    }

    @Test
    void sets_areAddedAndTakenAway() {
        SlotSet low = SlotSet.range(0, 9);
        SlotSet high = SlotSet.range(5, 14);

        assertThat(low.and(high)).isEqualTo(SlotSet.range(0, 14));
        assertThat(low.without(high)).isEqualTo(SlotSet.range(0, 4));
        assertThat(low.intersects(high)).isTrue();
        assertThat(low.intersects(SlotSet.range(10, 14))).isFalse();
        assertThat(low.contains(new Slot(9))).isTrue();
        assertThat(low.contains(new Slot(10))).isFalse();
    }

    @Test
    void pieces_areAllOfIt() {
        SlotSet some = SlotSet.of(IntStream.of(1, 5, 9, 4000, 4095));

        assertThat(some.pieces(2))
                .containsExactly(
                        SlotSet.of(IntStream.of(1, 5)), SlotSet.of(IntStream.of(9, 4000)), SlotSet.range(4095, 4095));
    }
}
