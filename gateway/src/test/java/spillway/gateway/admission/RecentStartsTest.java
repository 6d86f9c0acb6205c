package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.SettableLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import spillway.gateway.ledger.TrafficClass;

class RecentStartsTest {

    private static final Offset<Double> ABOUT = Offset.offset(0.001);

    private long now;
    private final Limiter limiter =
            new Limiter(new SettableLimit(10_000), TestRules.defaults().shares(), () -> now);
    private final RecentStarts starts = new RecentStarts(Duration.ofMillis(40));

    @Test
    void whatShouldHaveFinished_isPressureBeforeItHas() {
        begin(20);
        pass(30);
        assertThat(pressure()).as("nothing is known yet").isZero();

        pass(90);

        assertThat(pressure()).isCloseTo(3, ABOUT);
    }

    @Test
    void whatHasFinished_countsWithItsTime() {
        List<Limiter.Place> places = begin(20);
        pass(20);
        end(places, Limiter.End.ANSWERED);
        pass(300);

        assertThat(pressure()).isCloseTo(0.5, ABOUT);
    }

    /** However many of them wait. */
    @Test
    void halfOfThem_whoWaitForAStalledDatabase_areNoPressure() {
        begin(30);
        List<Limiter.Place> quick = begin(30);
        pass(10);
        end(quick, Limiter.End.ANSWERED);
        pass(300);

        assertThat(pressure()).isCloseTo(0.25, ABOUT);
    }

    @Test
    void whatWasRefusedBehind_saysNothing() {
        List<Limiter.Place> refused = begin(20);
        end(refused, Limiter.End.IGNORED);
        begin(5);
        pass(80);

        assertThat(pressure()).isCloseTo(2, ABOUT);
    }

    @Test
    void aFew_areNoMeasure_andNeitherIsWhatBeganLongAgo() {
        begin(4);
        pass(400);
        assertThat(pressure()).isZero();

        begin(4);
        pass(110);
        assertThat(pressure()).isZero();
    }

    @Test
    void theTimeInTheStore_isLeftOut() {
        begin(5);
        pass(100);

        assertThat(starts.pressure(now, 60.0)).isCloseTo(1, ABOUT);
    }

    private List<Limiter.Place> begin(int requests) {
        List<Limiter.Place> begun = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            begun.add(limiter.enter(TrafficClass.POST).orElseThrow());
        }
        begun.forEach(starts::began);
        return begun;
    }

    private static void end(List<Limiter.Place> places, Limiter.End how) {
        places.forEach(place -> place.end(how));
    }

    private void pass(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private double pressure() {
        return starts.pressure(now, null);
    }
}
