package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import spillway.platform.counters.CounterFamily;

class CountedAgainTest {

    private static final TopicPartition PARTITION = new TopicPartition("likes", 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountedAgain counted =
            new CountedAgain(new FamilyMetrics(CounterFamily.LIKES, meters, Clock.systemUTC()));

    private double partitions() {
        return meters.get("spillway.batcher.counted.again").gauge().value();
    }

    @Test
    void aPartitionWithoutWatermarks_isCountedAgain_untilWhereTheLogEnded() {
        counted.placed(PARTITION, 0, 100);
        assertThat(partitions()).isEqualTo(1);

        counted.applied(PARTITION, 99);
        counted.placed(PARTITION, 50, 120);
        assertThat(partitions()).isEqualTo(1);

        counted.applied(PARTITION, 100);
        assertThat(partitions()).isZero();
    }

    @Test
    void aPartitionThatGoesOn_orHasNoRecords_isNot() {
        counted.placed(PARTITION, 7, 100);
        counted.placed(PARTITION, 0, 0);

        assertThat(partitions()).isZero();
    }

    @Test
    void aPartitionThatAnotherTakes_isNotOursToTell() {
        counted.placed(PARTITION, 0, 100);
        counted.forget(PARTITION);

        assertThat(partitions()).isZero();
    }
}
