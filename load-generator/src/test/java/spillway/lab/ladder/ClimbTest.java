package spillway.lab.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.lab.stack.Part;
import spillway.lab.stack.Reading;
import spillway.lab.stack.Store;
import spillway.lab.traffic.Pattern;
import spillway.load.limit.Limit;
import spillway.load.oracle.Book;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Verdict;
import spillway.load.run.Quantiles;
import spillway.load.run.Staleness;

class ClimbTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0, 0);

    @Test
    void theLimit_isTheHighestRateThatPassedBelowAllThatFailed() {
        assertThat(climb(point(100, true), point(200, true), point(400, false), point(800, true))
                        .limit())
                .isEqualTo(200);
        assertThat(climb(point(100, false)).limit()).isZero();
    }

    @Test
    void costs_areOfTheBestTry_perThousandAcceptedWrites() {
        Climb climb = climb(point(100, true), point(200, true));

        assertThat(climb.cpuPerThousand()).isCloseTo(3, within(1e-9));
        assertThat(climb.writesPerWrite(Store.REDIS_COUNTS)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void metersSinceAnEarlierReading_areTheDifference() {
        Reading earlier = new Reading(
                Map.of(Part.REDIS, Duration.ofSeconds(1)), Duration.ofSeconds(2), Map.of(Store.KAFKA_RECORDS, 5L));
        Reading later = new Reading(
                Map.of(Part.REDIS, Duration.ofSeconds(4)), Duration.ofSeconds(3), Map.of(Store.KAFKA_RECORDS, 9L));

        assertThat(later.since(earlier))
                .isEqualTo(new Reading(
                        Map.of(Part.REDIS, Duration.ofSeconds(3)),
                        Duration.ofSeconds(1),
                        Map.of(Store.KAFKA_RECORDS, 4L)));
    }

    @Test
    void theTable_fitsATerminal() {
        List<Climb> climbs = List.of(climb(point(100, true)), climb(point(12_345, true)), climb(point(9, false)));

        assertThat(LadderTable.lines(Pattern.HOT, climbs)).allMatch(line -> line.length() <= 80);
        assertThat(LadderTable.writes(climbs)).allMatch(line -> line.length() <= 80);
        assertThat(LadderTable.processors(climbs)).allMatch(line -> line.length() <= 80);
    }

    @Test
    void thePage_holdsTheData_andNoDataEndsItsScript() {
        LadderReport report = new LadderReport(
                Instant.EPOCH, List.of("</script>"), Map.of(Pattern.HOT, List.of(climb(point(100, true)))));

        assertThat(report.html())
                .contains("\"limit\":100.0")
                .doesNotContain("</script>\"")
                .doesNotContain("{{");
    }

    @Test
    void theHighestRung_isComparedWithTheGatewayAlone_whenBothWereClimbed() {
        List<Climb> likes = List.of(climb(Pattern.HOT, Rung.BATCHED, 300), climb(Pattern.HOT, Rung.EDGE, 750));
        List<Climb> knocks = List.of(climb(Pattern.KNOCKS, Rung.DOOR, 1_000));

        assertThat(LadderTable.share(Map.of(Pattern.HOT, likes, Pattern.KNOCKS, knocks)))
                .hasValueSatisfying(line -> assertThat(line).contains("75 %").hasSizeLessThanOrEqualTo(80));
        assertThat(LadderTable.share(Map.of(Pattern.KNOCKS, knocks))).isEmpty();
    }

    private static Climb climb(Pattern pattern, Rung rung, double rate) {
        Climb climb = climb(point(rate, true));
        return new Climb(pattern, rung, climb.tries(), climb.staleness(), true, climb.verdict());
    }

    private static Climb climb(Point... points) {
        Verdict verdict = new Verdict(List.of(new Difference.NothingAccepted()), 1, 1, 1, 0, 1, 1);
        return new Climb(Pattern.HOT, Rung.BATCHED, tries(points), new Staleness(NONE, 0, 0), true, verdict);
    }

    private static Limit<Point> tries(Point... points) {
        return new Limit<>(Arrays.stream(points)
                .map(point -> new Limit.Trial<>(point.rate(), point.passed(), point))
                .toList());
    }

    private static Point point(double rate, boolean passed) {
        Reading cost = new Reading(
                Map.of(Part.METRICS, Duration.ofSeconds(1), Part.REDIS, Duration.ofSeconds(2)),
                Duration.ofSeconds(1),
                Map.of(Store.REDIS_COUNTS, 500L));
        return new Point(rate, passed, false, 1_000, Book.EMPTY, NONE, cost);
    }
}
