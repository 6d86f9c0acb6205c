package spillway.lab.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.lab.shards.sample.Generator;
import spillway.lab.shards.sample.Population;
import spillway.lab.shards.sample.Sample;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;

class ShardReportTest {

    private static Comparison comparison(Population population, int users, int writes, int from, int to) {
        Sample sample = new Generator(population, users, writes, 42).sample();
        AtomicLong clock = new AtomicLong();
        return Comparison.of(sample, sample.candidates(), from, to, new RoutingCost(() -> clock.addAndGet(100), 100));
    }

    @Test
    void theSameSeed_givesTheSameReport() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");

        String html = new ShardReport(at, comparison(Population.ZIPF, 500, 5_000, 8, 16)).html();

        assertThat(html)
                .isEqualTo(new ShardReport(at, comparison(Population.ZIPF, 500, 5_000, 8, 16)).html())
                .contains("\"strategy\":\"slot map\"")
                .doesNotContain("{{");
    }

    @ParameterizedTest
    @CsvSource({"ZIPF, 1, 1, 1, 2", "UNIFORM, 1000, 20000, 8, 16", "ORDERED, 1000, 20000, 1023, 1024"})
    void everyLine_fitsEightyColumns(Population population, int users, int writes, int from, int to) {
        Comparison comparison = comparison(population, users, writes, from, to);

        for (Candidate candidate : comparison.candidates()) {
            assertThat(ShardTable.strategies(candidate, from, to))
                    .hasSize(4 + Kind.values().length)
                    .allMatch(line -> line.length() <= 80);
        }
        assertThat(ShardTable.keys(comparison.candidates(), Kind.SLOT_MAP)).allMatch(line -> line.length() <= 80);
        assertThat(ShardTable.legend()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aCelebrity_isNamedAsWhatNoStrategyDivides() {
        Comparison comparison = comparison(Population.ZIPF, 1_000, 20_000, 8, 16);
        Candidate user = comparison.by(ShardKey.USER).orElseThrow();

        assertThat(user.leastPeak(16)).isGreaterThan(1.5);
        assertThat(user.outcomes()).allMatch(outcome -> outcome.grown().peak() >= user.leastPeak(16) - 1e-9);
        assertThat(new Digest(comparison).lines()).anyMatch(line -> line.startsWith("user: the busiest alone"));
    }

    @Test
    void usersWhoWriteAlike_giveNothingToSayOfTheBusiest() {
        List<String> lines = new Digest(comparison(Population.UNIFORM, 1_000, 20_000, 8, 16)).lines();

        assertThat(lines).noneMatch(line -> line.startsWith("user:"));
        assertThat(lines).anyMatch(line -> line.startsWith("post by range"));
    }

    @Test
    void usersWhoJoinAndWrite_areOnOneShardOfARange() {
        Candidate user = comparison(Population.ORDERED, 10_000, 200_000, 8, 16)
                .by(ShardKey.USER)
                .orElseThrow();

        assertThat(user.under(Kind.RANGE).load().peak()).isLessThan(1.05);
        assertThat(user.under(Kind.RANGE).now().orElseThrow()).isGreaterThan(7.5);
        assertThat(user.under(Kind.SLOT_MAP).now().orElseThrow()).isLessThan(2);
    }
}
