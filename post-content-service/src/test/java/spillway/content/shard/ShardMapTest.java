package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.platform.id.Slot;

class ShardMapTest {

    @Test
    void slot_isOnTheShardOfItsPosition() {
        Integer[] shards = Collections.nCopies(Slot.COUNT, 0).toArray(Integer[]::new);
        shards[4095] = 7;
        Long[] epochs = Collections.nCopies(Slot.COUNT, 1L).toArray(Long[]::new);
        ShardMap map = ShardMap.of(3, shards, epochs);

        assertThat(map.shardOf(new Slot(0))).isZero();
        assertThat(map.shardOf(new Slot(4095))).isEqualTo(7);
        assertThat(map.shardsNeeded()).isEqualTo(8);
    }

    @Test
    void mapWithMissingSlots_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShardMap(1, List.of(0, 1)));
    }

    @Test
    void negativeShard_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShardMap(1, Collections.nCopies(Slot.COUNT, -1)));
    }

    @Test
    void epochZero_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShardMap(0, Collections.nCopies(Slot.COUNT, 0)));
    }
}
