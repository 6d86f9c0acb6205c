package spillway.lab.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;
import spillway.lab.stack.Part;

class TableTest {

    @Test
    void noLine_isWiderThanEightyColumns() {
        Reading large = new Reading(12_345_678, 1, 99_999_999, Map.of(Part.GATEWAY, 123_456.0), 0);

        assertThat(Arrays.stream(Quantity.values())
                        .map(quantity -> Table.row(new Limit(quantity, "x".repeat(26), large))))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH));
        assertThat(Table.footer(LimitsTest.sample()))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH));
    }

    @Test
    void figuresThatSpreadWidely_areCounted_soThatNobodyReliesOnThem() {
        Reading steady = new Reading(1_000, 900, 1_100, Map.of(), 0);
        Reading unsteady = new Reading(1_000, 100, 1_100, Map.of(), 0);
        Limits limits = new Limits(
                Instant.EPOCH,
                Host.current(),
                Map.of(),
                List.of(new Limit(Quantity.DISK_SYNC, "", unsteady), new Limit(Quantity.POSTGRES_INSERT_1, "", steady)),
                Map.of());

        assertThat(Table.footer(limits))
                .contains("Figures that spread by more than 25 %: 1. Measure again on a quiet machine.");
    }

    @Test
    void theGatewaysHop_isTheDifferenceOfBothReads() {
        Limits limits = new Limits(
                Instant.EPOCH,
                Host.current(),
                Map.of(),
                List.of(
                        new Limit(
                                Quantity.HTTP_DIRECT,
                                "",
                                new Reading(10_000, 1, 10_000, Map.of(Part.METRICS, 50.0), 0)),
                        new Limit(
                                Quantity.HTTP_GATEWAY,
                                "",
                                new Reading(6_000, 1, 6_000, Map.of(Part.METRICS, 60.0, Part.GATEWAY, 80.0), 0))),
                Map.of());

        assertThat(Table.footer(limits)).contains("The gateway's hop: 90 µs of CPU, 60 % of the direct rate is left.");
    }
}
