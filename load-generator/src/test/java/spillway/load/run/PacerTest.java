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
    private final List<Long> handed = new ArrayList<>();

    @Test
    void eachOperation_isHandedOverAtItsInstant() {
        walk(0, 10, 20, 20, 50);

        assertThat(intended).containsExactly(1000L, 1010L, 1020L, 1020L, 1050L);
        assertThat(handed).isEqualTo(intended);
    }

    @Test
    void aSlowTaker_delaysWhatFollowsButNotItsIntendedInstant() {
        new Pacer(clock)
                .walk(
                        plan(0, 10, 20, 100),
                        (planned, intendedNanos) -> {
                            intended.add(intendedNanos);
                            handed.add(clock.now);
                            if (planned.atNanos() == 0) {
                                clock.now += 50;
                            }
                        },
                        () -> false);

        assertThat(intended).containsExactly(1000L, 1010L, 1020L, 1100L);
        assertThat(handed).containsExactly(1000L, 1050L, 1050L, 1100L);
    }

    @Test
    void aWalkThatIsOver_handsOverNothingMore() {
        new Pacer(clock).walk(plan(0, 10, 20), (planned, at) -> intended.add(at), () -> intended.size() == 2);

        assertThat(intended).hasSize(2);
    }

    private void walk(long... at) {
        new Pacer(clock)
                .walk(
                        plan(at),
                        (planned, intendedNanos) -> {
                            intended.add(intendedNanos);
                            handed.add(clock.now);
                        },
                        () -> false);
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
