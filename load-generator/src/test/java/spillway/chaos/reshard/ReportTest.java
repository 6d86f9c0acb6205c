package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import spillway.chaos.reshard.Census.Fault;
import spillway.lab.reshard.Stage;
import spillway.lab.reshard.Status.Pause;
import spillway.load.report.Table;

class ReportTest {

    private static final Tally.Counts WRITES =
            new Tally.Counts(600_000, 599_990, 3, 0, 7, Map.of(), Map.of("no reply", 4L), 0);
    private static final Watch.Seen SEEN = new Watch.Seen(Map.of(Sight.RIGHT, 50_000L), 0, 2, List.of());
    private static final Census.Result CLEAN = new Census.Result(1_390_000, 130_000, Map.of(), List.of());

    @Test
    void allExact_passes_inLinesThatFitATerminal() {
        Result result = result(WRITES, SEEN, CLEAN, null);

        assertThat(Report.lines(result))
                .contains("Chaos: PASS  1,390,000 posts, 130,000 comments exact: none lost, stale or back")
                .contains("killed      50 times of 50: backfill 30, seal 5")
                .contains("            p99 during / before 2.00, after / before 1.50")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Table.WIDTH));
        assertThat(Report.json(result)).contains("\"passed\" : true", "\"lost\" : 0");
    }

    @Test
    void oneRowLost_staleOrBack_fails() {
        for (Fault fault : Fault.values()) {
            Census.Result one = new Census.Result(1, 0, Map.of(fault, 1L), List.of("post 7"));
            assertThat(result(WRITES, SEEN, one, null).passed())
                    .as(fault.name())
                    .isFalse();
        }
        Census.Result stale = new Census.Result(1, 0, Map.of(Fault.STALE, 1L), List.of());
        assertThat(Report.lines(result(WRITES, SEEN, stale, null)))
                .contains("Chaos: FAIL  1 finding", "  in the end: 1 stale");
        assertThat(Report.json(result(WRITES, SEEN, stale, null))).contains("\"stale\" : 1");
    }

    @Test
    void oneWrongRead_fails() {
        for (Sight sight : Sight.values()) {
            Watch.Seen seen = new Watch.Seen(Map.of(sight, 1L), 0, 0, List.of());
            assertThat(result(WRITES, seen, CLEAN, null).passed())
                    .as(sight.name())
                    .isEqualTo(sight == Sight.RIGHT);
        }
        assertThat(result(WRITES, new Watch.Seen(Map.of(), 1, 0, List.of()), CLEAN, null)
                        .passed())
                .isFalse();
    }

    @Test
    void writeThatFailed_orWasNeverSettled_fails_butNotOneThatWasUnknownAtFirst() {
        Tally.Counts failed = new Tally.Counts(2, 1, 0, 0, 0, Map.of("503 Shard N", 1L), Map.of(), 0);
        assertThat(Report.lines(result(failed, SEEN, CLEAN, null))).contains("  1 writes failed: 503 Shard N");
        assertThat(result(new Tally.Counts(2, 1, 0, 0, 0, Map.of(), Map.of("?", 1L), 1), SEEN, CLEAN, null)
                        .passed())
                .isFalse();
        assertThat(result(new Tally.Counts(2, 2, 0, 0, 0, Map.of(), Map.of("?", 1L), 0), SEEN, CLEAN, null)
                        .passed())
                .isTrue();
    }

    @Test
    void changedByteThatNobodyNoticed_fails() {
        assertThat(result(WRITES, SEEN, CLEAN, false).passed()).isFalse();
        assertThat(result(WRITES, SEEN, CLEAN, true).passed()).isTrue();
    }

    @Test
    void replicaThatDiffers_orAPostMadeTwice_orAStepWithoutEnd_fails() {
        Result clean = result(WRITES, SEEN, CLEAN, null);
        assertThat(with(clean, Optional.of(new Mirrors.Result(2_048, 1, List.of("slot 3"))), 0, List.of())
                        .passed())
                .isFalse();
        assertThat(with(clean, Optional.empty(), 1, List.of()).passed()).isFalse();
        assertThat(with(clean, Optional.empty(), 0, List.of("there: not cut over"))
                        .passed())
                .isFalse();
    }

    private static Result result(Tally.Counts writes, Watch.Seen seen, Census.Result census, @Nullable Boolean halted) {
        return new Result(
                new ReshardSettings(1, 1_000_000, 1_000, 50, Duration.ofSeconds(60), true, halted != null),
                writes,
                new Latencies.Quantiles(20_000, 4, 20, 80),
                new Latencies.Quantiles(20_000, 5, 40, 160),
                new Latencies.Quantiles(20_000, 4, 30, 90),
                List.of(new Latencies.Moment(3, "there (8 seal)", new Latencies.Quantiles(250, 5, 40, 160))),
                List.of(new Result.Way("there", 120, new Pause(256, 9.1, 22, 25.3))),
                new Striker.Struck(50, 50, Map.of(Stage.SEAL, 5, Stage.BACKFILL, 30), 4, Map.of(Stage.SEAL, 4)),
                seen,
                List.of(new Result.Counted("in the end", census)),
                Optional.of(new Mirrors.Result(2_048, 0, List.of())),
                10_000,
                500,
                0,
                halted,
                List.of());
    }

    private static Result with(Result result, Optional<Mirrors.Result> mirrors, long doubled, List<String> unfinished) {
        return new Result(
                result.settings(),
                result.writes(),
                result.before(),
                result.during(),
                result.after(),
                result.course(),
                result.pauses(),
                result.struck(),
                result.seen(),
                result.censuses(),
                mirrors,
                result.readBack(),
                result.keysRepeated(),
                doubled,
                result.halted(),
                unfinished);
    }
}
