package spillway.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngagementKeyTest {

    @Test
    void aKey_isReadBackFromItsBytes() {
        EngagementKey key = new EngagementKey(Long.MAX_VALUE, -5);

        assertThat(EngagementKey.fromBytes(key.toBytes())).isEqualTo(key);
    }

    @Test
    void aSequence_isPartOfTheKey_butNotOfThePlace() {
        EngagementKey key = new EngagementKey(7, 8, Long.MAX_VALUE);

        assertThat(EngagementKey.fromBytes(key.toBytes())).isEqualTo(key);
        assertThat(key.toBytes()).isNotEqualTo(new EngagementKey(7, 8, 1).toBytes());
        assertThat(key.partition(1_024)).isEqualTo(new EngagementKey(7, 8).partition(1_024));
    }

    @Test
    void otherBytes_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EngagementKey.fromBytes(new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> EngagementKey.fromBytes(new byte[16]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngagementKey.fromBytes(new EngagementKey(1, 2, -3).toBytes()));
    }

    @Test
    void aViralPost_spreadsOverAllPartitions() {
        int[] perPartition = new int[8];
        for (long user = 1; user <= 8_000; user++) {
            perPartition[new EngagementKey(77, user).partition(8)]++;
        }

        assertThat(IntStream.of(perPartition))
                .allSatisfy(likes -> assertThat(likes).isBetween(850, 1_150));
    }

    /** Records already in the log were placed by these values. */
    @Test
    void partitions_neverChange() {
        int[] first = new int[8];
        for (int user = 1; user <= 8; user++) {
            first[user - 1] = new EngagementKey(1, user).partition(8);
        }

        assertThat(first).containsExactly(7, 5, 4, 6, 5, 1, 3, 1);
    }
}
