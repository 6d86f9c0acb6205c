package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewKeysTest {

    private final ViewKeys keys = new ViewKeys("");

    @Test
    void fourSubKeysInARow_lieInTheFourQuartersOfTheSlots() {
        new SplittableRandom(1)
                .longs(1_000, 1, Long.MAX_VALUE)
                .forEach(post -> assertThat(IntStream.range(0, 4)
                                .map(i -> SlotHash.getSlot(keys.subKey(post, i)) / (SlotHash.SLOT_COUNT / 4)))
                        .containsExactlyInAnyOrder(0, 1, 2, 3));
    }

    @Test
    void whatOneScriptTouches_sharesASlot() {
        int base = SlotHash.getSlot(keys.base(7));
        assertThat(SlotHash.getSlot(keys.viewers(7))).isEqualTo(base);
        assertThat(SlotHash.getSlot(keys.scratch(7))).isEqualTo(base);
        assertThat(SlotHash.getSlot(keys.claim(7))).isEqualTo(base);
        assertThat(SlotHash.getSlot(keys.subViewers(7, 3))).isEqualTo(SlotHash.getSlot(keys.subKey(7, 3)));
    }
}
