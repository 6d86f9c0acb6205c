package spillway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LikePlanTest {

    private final Crowd crowd = new Crowd(100, 5_000, 20);

    @Test
    void theSameSeed_wantsTheSame() {
        assertThat(intents(3)).isEqualTo(intents(3)).isNotEqualTo(intents(4));
    }

    @Test
    void halfIsForTheHotPost_andAFifthTakesBack() {
        List<Intent> intents = intents(3);

        assertThat(intents.stream()
                        .filter(intent -> crowd.post(intent.pair()) == 0)
                        .count())
                .isBetween(4_800L, 5_200L);
        assertThat(intents.stream().filter(intent -> !intent.like()).count()).isBetween(1_850L, 2_150L);
    }

    @Test
    void whoSpeaksForThemselves_isNeverSpokenForByTheEdge() {
        LikePlan plan = new LikePlan(3, crowd);

        assertThat(Stream.generate(plan::next).limit(10_000)).noneMatch(intent -> crowd.isSingle(intent.pair()));
        assertThat(Stream.generate(plan::nextSingle).limit(1_000)).allMatch(intent -> crowd.isSingle(intent.pair()));
    }

    private List<Intent> intents(long seed) {
        return Stream.generate(new LikePlan(seed, crowd)::next).limit(10_000).toList();
    }
}
