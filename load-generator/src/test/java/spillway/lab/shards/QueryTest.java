package spillway.lab.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;

class QueryTest {

    @Test
    void theMix_isAHundredPercent() {
        assertThat(Arrays.stream(Query.values()).mapToInt(Query::percent).sum()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "USER, SLOT_MAP, 0.85",
        "USER, MODULO, 0.40",
        "USER, RANGE, 0.40",
        "POST, SLOT_MAP, 0.45",
        "POST, RANGE, 0.60",
        "COUNTRY, SLOT_MAP, 0.05",
        "COUNTRY, RANGE, 0.05",
        "TIME, RING, 0.55",
        "TIME, RANGE, 0.60"
    })
    void oneShard_answersWhatNamesTheKey(ShardKey key, Kind strategy, double share) {
        assertThat(Query.shareOnOneShard(key, strategy)).isEqualTo(share);
    }
}
