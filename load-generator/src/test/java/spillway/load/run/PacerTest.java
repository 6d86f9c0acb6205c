package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import spillway.load.plan.Operation.View;
import spillway.load.plan.Planned;

class PacerTest {

    private final FakeClock clock = new FakeClock();
    private final List<Long> intended = new ArrayList<>();
    private final List<Long> lags = new ArrayList<>();

    @Test
    void eachOperation_isHandedOverAtItsInstant() {
        walk(0, 10, 20, 20, 50);

        assertThat(intended).containsExactly(1000L, 1010L, 1020L, 1020L, 1050L);
        assertThat(lags).containsOnly(0L);
    }

    @Test
    void aSlowTaker_delaysWhatFollowsButNotItsIntendedInstant() {
        new Pacer(clock).walk(plan(0, 10, 20, 100), (planned, intendedNanos, lagNanos) -> {
            intended.add(intendedNanos);
            lags.add(lagNanos);
            if (planned.atNanos() == 0) {
                clock.now += 50;
            }
        });

        assertThat(intended).containsExactly(1000L, 1010L, 1020L, 1100L);
        assertThat(lags).containsExactly(0L, 40L, 30L, 0L);
    }

    private void walk(long... at) {
        new Pacer(clock).walk(plan(at), (planned, intendedNanos, lagNanos) -> {
            intended.add(intendedNanos);
            lags.add(lagNanos);
        });
    }

    private static java.util.Iterator<Planned> plan(long... at) {
        return LongStream.of(at)
                .mapToObj(nanos -> new Planned(nanos, new View(0, 1)))
                .iterator();
    }

    private static final class FakeClock implements Clock {
        private long now = 1000;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void awaitNanos(long instant) {
            now = Math.max(now, instant);
        }
    }
}
