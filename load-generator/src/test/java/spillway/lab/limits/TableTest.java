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
