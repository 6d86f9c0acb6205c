package spillway.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.chaos.Injector.Struck;
import spillway.load.oracle.Book;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Range;
import spillway.load.report.Table;

class ReportTest {

    private static final Watch.Seen WELL = new Watch.Seen(40_000, 12, 7_000, 3, 0, 0, List.of());
    private static final Result.Poison FOUND = new Result.Poison(3, 4, 4);

    @Test
    void allExact_passes_inLinesThatFitATerminal() {
        Result result = result(WELL, FOUND, 1.3, List.of());

        assertThat(result.passed()).isTrue();
        assertThat(Report.lines(result))
                .contains("Chaos: PASS  123,456 likes on 300 posts exact, 100 votes read back")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH));
    }

    @Test
    void oneWrongCount_fails_andIsNamed() {
        Difference wrong = new Difference.LikeCount("number 3", new Range(7, 7), 8);

        assertThat(Report.lines(result(WELL, FOUND, 1.3, List.of(wrong))))
                .contains("Chaos: FAIL  1 finding", "  post number 3: expected 7 likes, is 8");
    }

    @Test
    void aCountThatWasWrongWithoutAWord_fails() {
        Watch.Seen silent = new Watch.Seen(40_000, 12, 7_000, 0, 1, 0, List.of("post 0: read 0 likes with 0 pending"));

        assertThat(result(silent, FOUND, 1.3, List.of()).passed()).isFalse();
    }

    @Test
    void aLostDeadLetter_fails() {
        assertThat(result(WELL, new Result.Poison(3, 3, 2), 1.3, List.of()).passed())
                .isFalse();
    }

    @Test
    void countsThatNeverBecameRight_fail() {
        assertThat(result(WELL, FOUND, -1, List.of()).passed()).isFalse();
    }

    @Test
    void json_namesTheCommandThatReplaysIt() {
        assertThat(Report.json(result(WELL, FOUND, 1.3, List.of())))
                .contains("./spillway chaos likes --seed 42 --length 600s --rate 10000 --every 5500ms");
    }

    private static Result result(Watch.Seen seen, Result.Poison poison, double drain, List<Difference> differences) {
        Settings settings = new Settings(
                42, 10_000, Duration.ofMinutes(10), Duration.ofMillis(5_500), Fault.allWeights(), List.of(), false);
        List<Struck> strikes = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            Duration at = Duration.ofSeconds(5L * strikes.size());
            strikes.add(new Struck(
                    new Strike(strikes.size() + 1, at, fault, 7),
                    fault != Fault.RESET,
                    fault == Fault.ZOMBIE ? 3 : -1,
                    "back after 1,234.5 s, which is a long time to wait for anything that was there before"));
        }
        return new Result(
                settings,
                strikes,
                new Book(6_123_456, 6_000_000, 23_456, 0, 50_000, 50_000),
                123_456,
                49_000,
                0,
                seen,
                new Result.Batchers(5_999_000, 43_210, 123, 45, 12.3),
                poison,
                9.8,
                drain,
                300,
                123_456,
                100,
                differences);
    }
}
