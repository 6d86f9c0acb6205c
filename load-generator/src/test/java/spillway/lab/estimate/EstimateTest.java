package spillway.lab.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.lab.limits.Host;
import spillway.lab.limits.Limit;
import spillway.lab.limits.Limits;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;
import spillway.lab.stack.Part;

class EstimateTest {

    private static final double HOT_ROW = 7_000;
    private static final Measured MEASURED = new Measured(limits(Quantity.values()));

    @Test
    void aSmallLoad_needsOnePostgres_andIsToldSo() {
        Estimate estimate = Estimate.of(new Workload(20_000, 0.2, 10, 50, 4, 0.1, 365), MEASURED);

        assertThat(estimate.chosen()).contains(Design.MONOLITH);
        assertThat(estimate.lines())
                .contains("   One Postgres is enough: don't shard, don't queue.")
                .anyMatch(line -> line.contains("2.3/s = 20,000 users x 10 / 86,400 s; x 4 = 9.3/s at the peak"));
    }

    @Test
    void aHotPost_breaksTheMonolithAtItsRow_longBeforeTheProcessors() {
        // 926 likes per second at the peak: fine when spread, more than 60 % of the 1,400 that its row lets through
        // when on one post.
        Workload hot = new Workload(2_000_000, 0.01, 10, 0, 4, 1, 30);
        Workload spread = new Workload(2_000_000, 0.01, 10, 0, 4, 0.01, 30);

        assertThat(Estimate.of(spread, MEASURED).chosen()).contains(Design.MONOLITH);
        Estimate estimate = Estimate.of(hot, MEASURED);
        assertThat(estimate.chosen()).isPresent().get().isNotEqualTo(Design.MONOLITH);
        assertThat(estimate.lines())
                .anyMatch(line -> line.contains("first to break: the lock of the post's row, 66 % full"));
    }

    @Test
    void moreThanAHostCarries_isSaidInHosts() {
        Estimate estimate = Estimate.of(new Workload(200_000_000, 1, 20, 50, 4, 0.1, 30), MEASURED);

        assertThat(estimate.chosen()).isEmpty();
        assertThat(estimate.lines().getLast()).contains("hosts like this one");
        // The number of hosts comes from the whole load: the same as was said of the largest design.
        double busy = estimate.lines().stream()
                .filter(line -> line.startsWith("  processors"))
                .map(line -> line.replaceAll("^ +processors +([0-9.]+).*", "$1"))
                .mapToDouble(Double::parseDouble)
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(estimate.lines().getLast()).contains("%.1f busy processors".formatted(busy));
    }

    @Test
    void aCeiling_isWhatTheProcessorsOrTheQueueLetThrough() {
        List<Cost> costs = List.of(new Cost("a", 300, ""), new Cost("b", 100, ""));
        Bill bill = new Bill(costs, new Bill.Queue("a lock", 1_000, ""), 1);

        assertThat(bill.ceiling(2, 100, 0)).isCloseTo(2 * 0.95 * 1e6 / 500, within(0.1));
        assertThat(bill.ceiling(2, 100, 1)).isEqualTo(1_000);
        assertThat(bill.ceiling(2, 100, 0.5)).isEqualTo(2_000);
        assertThat(new Bill(costs, null, 0.5).ceiling(2, 100, 1)).isCloseTo(2 * 0.95 * 1e6 / 450, within(0.1));
    }

    @Test
    void aCalibrationThatLacksSomething_isRefusedByName() {
        Measured incomplete = new Measured(limits(Quantity.HTTP_DIRECT, Quantity.HTTP_GATEWAY));

        assertThatThrownBy(() -> Estimate.of(new Workload(1, 1, 1, 1, 1, 0, 1), incomplete))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run ./spillway limits");
    }

    @Test
    void impossibleLoads_areRefused() {
        assertThatThrownBy(() -> new Workload(0, 1, 1, 1, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Workload(1, 0, 0, 0, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Workload(1, 1, 1, 1, 0.5, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Workload(1, 1, 1, 1, 1, 1.5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Workload(Double.NaN, 1, 1, 1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Limits limits(Quantity... quantities) {
        return new Limits(
                Instant.EPOCH,
                new Host(2, 24L << 30, "any", "any"),
                Map.of(),
                Arrays.stream(quantities)
                        .map(quantity -> new Limit(quantity, "made up", reading(quantity)))
                        .toList(),
                Map.of());
    }

    private static Reading reading(Quantity quantity) {
        double rate = quantity == Quantity.POSTGRES_HOT_ROW_8 ? HOT_ROW : 5_000;
        double micros = quantity == Quantity.HTTP_GATEWAY ? 350 : 150;
        return new Reading(rate, rate, rate, Map.of(Part.METRICS, micros), 50);
    }
}
