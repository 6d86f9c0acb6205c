package spillway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.ledger.TrafficClass;

/** Batches on real threads. */
class CrowdTest {

    private static final int CALLERS = 64;
    private static final int QUESTIONS = 500;
    private static final int MOST_IN_FLIGHT = 4;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostSeen = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void eachOfMany_getsItsOwnAnswers_andEachQuestionIsSentOnce() throws Exception {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                ExecutorService service = Executors.newFixedThreadPool(MOST_IN_FLIGHT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Batches<Integer, Integer> batches = new Batches<>(
                    TrafficClass.LIKE,
                    new BatchLimits(Duration.ofMillis(1), 16, MOST_IN_FLIGHT, CALLERS, Duration.ofMinutes(1)),
                    (questions, deadline) -> answer(questions, service),
                    System::nanoTime,
                    (delay, task) -> {
                        var unused = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                    },
                    new SimpleMeterRegistry());
            List<Future<Boolean>> done = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller * QUESTIONS;
                done.add(callers.submit(() -> asksOneAfterTheOther(batches, first)));
            }
            for (Future<Boolean> caller : done) {
                assertThat(caller.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(asked).hasValue(CALLERS * QUESTIONS);
        assertThat(mostSeen.get()).isBetween(1, MOST_IN_FLIGHT);
    }

    private static boolean asksOneAfterTheOther(Batches<Integer, Integer> batches, int first) {
        for (int question = first; question < first + QUESTIONS; question++) {
            assertThat(batches.ask(question, Deadline.NONE, Runnable::run)
                            .answer()
                            .join())
                    .isEqualTo(-question);
        }
        return true;
    }

    private CompletionStage<List<Integer>> answer(List<Integer> questions, ExecutorService service) {
        mostSeen.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        return CompletableFuture.supplyAsync(
                () -> {
                    asked.addAndGet(questions.size());
                    inFlight.decrementAndGet();
                    return questions.stream().map(question -> -question).toList();
                },
                service);
    }
}
