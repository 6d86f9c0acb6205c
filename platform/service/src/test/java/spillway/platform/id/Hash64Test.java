package spillway.platform.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Hash64Test {

    /** Stored data depends on these: a change of the function must break a test before it breaks a deployment. */
    @Test
    void values_neverChange() {
        assertThat(Hash64.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(Hash64.mix(1)).isEqualTo(0x910a2dec89025cc1L);
        assertThat(new UserId(42).slot()).isEqualTo(new Slot(Hash64.bucket(Hash64.mix(42), 4096)));
    }

    @Test
    void sequentialUsers_spreadEvenlyOverEightShards() {
        int[] perShard = new int[8];
        for (long user = 1; user <= 80_000; user++) {
            perShard[new UserId(user).slot().number() / (Slot.COUNT / 8)]++;
        }

        assertThat(IntStream.of(perShard)).allSatisfy(users -> assertThat(users).isBetween(9_600, 10_400));
    }

    @Test
    void theOrderOfAPair_matters() {
        assertThat(Hash64.mix(1, 2)).isNotEqualTo(Hash64.mix(2, 1));
    }

    @Test
    void everyBucket_isInRange() {
        for (long hash : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(Hash64.bucket(hash, 7)).isBetween(0, 6);
        }
        assertThat(Hash64.bucket(-1, 7)).isEqualTo(6);
    }
}
