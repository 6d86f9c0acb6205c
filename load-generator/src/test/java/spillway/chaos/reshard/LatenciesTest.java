package spillway.chaos.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import spillway.chaos.reshard.Latencies.Moment;
import spillway.chaos.reshard.Latencies.Part;
import spillway.chaos.reshard.Latencies.Quantiles;

class LatenciesTest {

    private static final long MILLISECOND = 1_000_000;

    private final AtomicReference<String> doing = new AtomicReference<>("before");
    private final Latencies latencies = new Latencies(doing::get);

    @Test
    void writesCount_forThePartInWhichTheyWereDue() {
        latencies.record(Part.BEFORE, 4 * MILLISECOND);
        latencies.record(Part.DURING, 90 * MILLISECOND);

        assertThat(latencies.of(Part.BEFORE)).extracting(Quantiles::count).isEqualTo(1L);
        assertThat(latencies.of(Part.DURING).max()).isBetween(90.0, 90.1);
        assertThat(latencies.of(Part.AFTER).count()).isZero();
    }

    @Test
    void eachMoment_tellsOfItsOwnWritesOnly() {
        latencies.record(Part.BEFORE, 4 * MILLISECOND);
        latencies.mark();
        doing.set("there (8 seal)");
        latencies.record(Part.BEFORE, 90 * MILLISECOND);
        latencies.record(Part.DURING, 5 * MILLISECOND);
        latencies.mark();
        latencies.mark();

        assertThat(latencies.course())
                .extracting(Moment::doing)
                .containsExactly("before", "there (8 seal)", "there (8 seal)");
        assertThat(latencies.course())
                .extracting(moment -> moment.took().count())
                .containsExactly(1L, 2L, 0L);
        assertThat(latencies.course())
                .element(1, InstanceOfAssertFactories.type(Moment.class))
                .satisfies(moment -> assertThat(moment.took().max()).isBetween(90.0, 90.1));
    }
}
