package spillway.load.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.load.oracle.Book;
import spillway.load.plan.Phase;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.Quantiles;
import spillway.load.run.Sent;

class ThresholdTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);
    private static final Quantiles POSTS = new Quantiles(100, 10, 20, 30, 40, 50);
    private static final Quantiles ALL = new Quantiles(1_000, 1, 2, 3, 4, 1_500);

    /** Ten measured seconds with 100 posts and 900 likes. */
    private static final Sent SENT = new Sent(
            Duration.ofSeconds(30),
            List.of(
                    phase(Phase.warmUp("warm-up", Duration.ofSeconds(20), 1)),
                    phase(new Phase("steady", Duration.ofSeconds(10), 100))),
            Map.of(
                    TrafficClass.POSTS, new Book(100, 100, 0, 0, 0, 0),
                    TrafficClass.LIKES, new Book(900, 880, 9, 0, 4, 7)),
            Map.of(TrafficClass.POSTS, POSTS, TrafficClass.VIEWS, NONE),
            ALL,
            NONE,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "posts.p50<10.1ms   | true  | 10.0 ms",
                "posts.p50<10ms     | false | 10.0 ms",
                "posts.p50<=10ms    | true  | 10.0 ms",
                "posts.p95>=20ms    | true  | 20.0 ms",
                "posts.p99 < 0.04 s | true  | 30.0 ms",
                "posts.p99.9<1us    | false | 40.0 ms",
                "all.max<1s         | false | 1,500.0 ms",
                "max<2s             | true  | 1,500.0 ms",
                "failed=0           | false | 4",
                "failed==4          | true  | 4",
                "posts.failed=0     | true  | 0",
                "likes.shed<=1%     | true  | 1.00 %",
                "shed<0.9%          | false | 0.90 %",
                "unknown<8          | true  | 7",
                "rejected=0         | true  | 0",
                "accepted>97/s      | true  | 98.0/s",
                "likes.accepted>=88.5/s | false | 88.0/s",
                "posts@steady.accepted>=60% | true | 60.00 %",
                "posts@steady.p99<31ms | true | 30.0 ms",
                "all@warm-up.shed=40 | true | 40",
                "all@steady.accepted>6/s | false | 6.0/s"
            })
    void aThreshold_isHeldAgainstWhatWasMeasured(String text, boolean met, String actual) {
        assertThat(Threshold.parse(text).check(SENT)).isEqualTo(new Check(text, actual, met));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"views.p99<1s", "views.shed<=1%", "views@steady.p99<1s", "posts@burst.failed=0", "recovery<30s"})
    void whatWasNotMeasured_meetsNothing(String text) {
        assertThat(Threshold.parse(text).check(SENT)).isEqualTo(new Check(text, "not measured", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99<",
                "p99<fast",
                "p98<1s",
                "p99<250",
                "p99<5%",
                "p99<-1ms",
                "shares.p99<1s",
                "failed<1ms",
                "posts..p99<1s",
                "failed!=0",
                "posts.p99<250ms,failed=0"
            })
    void whatIsNoThreshold_isRefused(String text) {
        assertThatThrownBy(() -> Threshold.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCheck_saysWhatItComparedWithWhat() {
        assertThat(Threshold.parse("posts.p99<25ms").check(SENT).describe())
                .isEqualTo("MISSED  posts.p99<25ms is 30.0 ms");
    }

    private static PhaseResult phase(Phase phase) {
        Map<TrafficClass, Book> books = Map.of(TrafficClass.POSTS, new Book(100, 60, 40, 0, 0, 0));
        return new PhaseResult(phase, 0, 0, books, Map.of(TrafficClass.POSTS, POSTS), POSTS);
    }
}
