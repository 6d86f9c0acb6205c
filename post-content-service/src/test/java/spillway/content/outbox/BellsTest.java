package spillway.content.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BellsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Bells bells = new Bells();

    @Test
    void ringBeforeListening_isHeard() throws InterruptedException {
        bells.ring(1);
        bells.listen(1, LONG);
    }

    @Test
    void ringWhileListening_isHeard() throws InterruptedException {
        Thread listener = Thread.ofVirtual().start(() -> {
            try {
                bells.listen(1, LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        bells.ring(1);
        listener.join();
    }

    @Test
    void manyRings_areOne() throws InterruptedException {
        bells.ring(1);
        bells.ring(1);
        bells.listen(1, LONG);

        long start = System.nanoTime();
        bells.listen(1, Duration.ofMillis(50));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(49_000_000);
    }

    @Test
    void bellOfAnotherShard_isNotHeard() throws InterruptedException {
        bells.ring(2);

        long start = System.nanoTime();
        bells.listen(1, Duration.ofMillis(50));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(49_000_000);
    }
}
