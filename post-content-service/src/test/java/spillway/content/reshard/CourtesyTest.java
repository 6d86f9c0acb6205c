package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourtesyTest {

    private static final long MILLI = 1_000_000;

    private final List<Long> rests = new ArrayList<>();
    private long now;
    private long answerTakes = MILLI;

    private final Courtesy courtesy = new Courtesy(() -> now += answerTakes, () -> now, nanos -> {
        rests.add(nanos / MILLI);
        now += nanos;
    });

    @Test
    void quietSource_isRestedAsLongAsItWorked() {
        work(10);
        work(30);

        assertThat(rests).containsExactly(10L, 30L);
    }

    @Test
    void busySource_isRestedLongerAndLonger() {
        work(10);
        answerTakes = 20 * MILLI;
        work(10);
        work(10);
        work(10);
        work(10);

        assertThat(rests).containsExactly(10L, 20L, 40L, 80L, 80L);
    }

    @Test
    void sourceThatCalmsDown_isRestedLessAgain() {
        work(10);
        answerTakes = 20 * MILLI;
        work(10);
        answerTakes = MILLI;
        work(10);
        work(10);

        assertThat(rests).containsExactly(10L, 20L, 16L, 12L);
    }

    @Test
    void noRest_isLongerThanAFifthOfASecond() {
        work(900);

        assertThat(rests).containsExactly(200L);
    }

    @Test
    void timeThatWasSpentWaitingForATurn_isNoWork() {
        now += 500 * MILLI;
        courtesy.begin();
        work(10);

        assertThat(rests).containsExactly(10L);
    }

    private void work(long millis) {
        now += millis * MILLI;
        courtesy.pause();
    }
}
