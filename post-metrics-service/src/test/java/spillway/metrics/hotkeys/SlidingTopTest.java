package spillway.metrics.hotkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlidingTopTest {

    private long now = TimeUnit.DAYS.toNanos(1);
    private final SlidingTop top = new SlidingTop(100, Duration.ofSeconds(10), () -> now);

    private void seconds(long passed) {
        now += TimeUnit.SECONDS.toNanos(passed);
    }

    @Test
    void theHeaviest_comeFirst() {
        top.offer(1, 5);
        top.offer(2, 3);
        top.offer(3, 1);
        top.offer(2, 3);

        assertThat(top.top(2)).containsExactly(new Heavy(2, 6, 0), new Heavy(1, 5, 0));
    }

    @Test
    void weightsOfOnePane_areAddedToThoseOfTheOthers() {
        top.offer(1, 5);
        seconds(3);
        top.offer(1, 5);

        assertThat(top.top(1)).containsExactly(new Heavy(1, 10, 0));
    }

    @Test
    void whatTheWindowHasPassed_isForgotten() {
        top.offer(1, 5);
        seconds(4);
        top.offer(2, 1);
        seconds(6);
        assertThat(top.top(5)).containsExactly(new Heavy(2, 1, 0));

        seconds(100);
        assertThat(top.top(5)).isEmpty();
    }

    @Test
    void aHeavyKey_isFoundAmongMoreKeysThanThereArePlaces_withItsErrorBounded() {
        Map<Long, Long> truth = new HashMap<>();
        SplittableRandom chance = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            long key = chance.nextInt(20) == 0 ? 42 : chance.nextLong(10_000);
            long weight = 1L + chance.nextInt(4);
            truth.merge(key, weight, Long::sum);
            top.offer(key, weight);
        }
        long total = truth.values().stream().mapToLong(Long::longValue).sum();

        List<Heavy> found = top.top(1_000);
        assertThat(found.getFirst().key()).isEqualTo(42);
        assertThat(found).hasSizeLessThanOrEqualTo(100);
        assertThat(found).allSatisfy(heavy -> {
            long weight = truth.getOrDefault(heavy.key(), 0L);
            assertThat(heavy.weight()).isBetween(weight, weight + total / 100);
            assertThat(heavy.weight() - heavy.error()).isLessThanOrEqualTo(weight);
        });
    }
}
