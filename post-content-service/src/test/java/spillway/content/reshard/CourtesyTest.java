package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourtesyTest {

    private static final long MILLI = 1_000_000;

    private final List<Long> restsOfAll = new ArrayList<>();
    private final List<Long> restsOfSource = new ArrayList<>();
    private long now;
    private long answerTakes = MILLI;

    private final Courtesy courtesy = new Courtesy(() -> now += answerTakes, () -> now, (ofAll, ofSource) -> {
        restsOfAll.add(ofAll / MILLI);
        restsOfSource.add(ofSource / MILLI);
        now += ofAll + ofSource;
    });

    @Test
    void afterEachStep_allRestFiveTimesAsLong() {
        work(10);
        work(30);

        assertThat(restsOfAll).containsExactly(50L, 150L);
        assertThat(restsOfSource).containsExactly(0L, 0L);
    }

    @Test
    void busySource_isRestedLongerAndLonger() {
        work(10);
        answerTakes = 20 * MILLI;
        work(10);
        work(10);
        work(10);
        work(10);

        assertThat(restsOfSource).containsExactly(0L, 10L, 30L, 70L, 70L);
        assertThat(restsOfAll).containsOnly(50L);
    }

    @Test
    void sourceThatCalmsDown_isRestedLessAgain() {
        work(10);
        answerTakes = 20 * MILLI;
        work(10);
        answerTakes = MILLI;
        work(10);
        work(10);

        assertThat(restsOfSource).containsExactly(0L, 10L, 6L, 2L);
    }

    @Test
    void neitherRest_isLongerThanASecond() {
        work(10);
        answerTakes = 20 * MILLI;
        work(1_100);

        assertThat(restsOfAll).endsWith(1_000L);
        assertThat(restsOfSource).endsWith(1_000L);
    }

    @Test
    void timeThatWasSpentWaitingForATurn_isNoWork() {
        now += 500 * MILLI;
        courtesy.begin();
        work(10);

        assertThat(restsOfAll).containsExactly(50L);
    }

    private void work(long millis) {
        now += millis * MILLI;
        courtesy.pause();
    }
}
