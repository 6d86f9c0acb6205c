package spillway.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopDelayTest {

    private final Loop loop = new Loop();
    private long now;
    private final LoopDelay delay = new LoopDelay(() -> now);

    private void pass(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void noLoop_noDelay() {
        assertThat(delay.takeMillis()).isZero();
    }

    @Test
    void whatATaskWaited_isKnownAtTheNextLook() {
        delay.watch(loop);
        delay.takeMillis();
        pass(30);
        loop.turn();
        pass(70);

        assertThat(delay.takeMillis()).isEqualTo(30);
    }

    @Test
    void aTaskThatStillWaits_countsAsFarAsItGot_andIsNotDoubled() {
        delay.watch(loop);
        delay.takeMillis();
        pass(100);
        assertThat(delay.takeMillis()).isEqualTo(100);
        pass(100);
        assertThat(delay.takeMillis()).isEqualTo(200);
        assertThat(loop.tasks).hasSize(1);
        loop.turn();

        assertThat(delay.takeMillis()).isEqualTo(200);
        loop.turn();
        assertThat(delay.takeMillis()).isZero();
    }

    @Test
    void ofSeveralLoops_itIsTheMean_eachOnce() {
        Loop held = new Loop();
        delay.watch(loop);
        delay.watch(held);
        delay.watch(held);
        delay.takeMillis();
        loop.turn();
        pass(80);

        assertThat(delay.takeMillis()).isEqualTo(40);
        assertThat(held.tasks).hasSize(1);
    }

    /** Tasks wait until the test lets them run. */
    private static final class Loop implements Executor {

        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void turn() {
            Runnable task;
            while ((task = tasks.poll()) != null) {
                task.run();
            }
        }
    }
}
