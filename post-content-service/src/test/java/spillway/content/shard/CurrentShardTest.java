package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentShardTest {

    @Test
    void work_seesItsShard() {
        assertThat(CurrentShard.call(3, CurrentShard::required)).isEqualTo(3);
    }

    @Test
    void workInsideWorkOnTheSameShard_isFine() {
        assertThat(CurrentShard.call(3, () -> CurrentShard.call(3, CurrentShard::required)))
                .isEqualTo(3);
    }

    @Test
    void anotherShardInsideWork_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CurrentShard.call(3, () -> CurrentShard.call(4, CurrentShard::required)))
                .withMessage("shard 4 asked for inside work on shard 3");
    }

    @Test
    void connectionWithoutAChosenShard_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RoutingDataSource(List.of()).getConnection())
                .withMessageStartingWith("no shard is chosen");
    }
}
