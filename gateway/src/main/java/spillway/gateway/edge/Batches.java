package spillway.gateway.edge;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import spillway.gateway.route.ServiceFailure;

/**
 * Collects what is asked at the same time into batches, and gives each caller its own answer. Thread-safe.
 *
 * <p>When a batch leaves depends on how many are in flight, so that batches are as large as the service is busy:
 *
 * <ul>
 *   <li>none: at once, however small, so that an idle gateway makes nobody wait;
 *   <li>some: when it is full, or its oldest question has waited for the linger;
 *   <li>as many as may be: not before one of them is answered. It grows meanwhile, up to a bound past which callers are
 *       refused, and what has waited too long is refused instead of sent.
 * </ul>
 *
 * <p>Questions are sent in the order in which they came, but two batches in flight may overtake each other. That reorders
 * nothing anybody could tell: a caller who waits for its answer before it asks again has one question under way, and
 * questions asked at the same time have no order.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
final class Batches<Q, A> {

    /** Runs a task later, on a thread that must not be blocked. */
    interface Alarm {
        void in(Duration delay, Runnable task);
    }

    private final EdgeRules rules;
    private final Function<List<Q>, CompletionStage<List<A>>> sender;
    private final LongSupplier nanos;
    private final Alarm alarm;
    private final DistributionSummary sizes;
    private final Timer waits;
    private final SequencedSet<Waiting<Q, A>> waiting = new LinkedHashSet<>();
    private int inFlight;
    private boolean alarmIsSet;

    /**
     * @param sender answers each question at its own index; its stage fails, it does not throw
     * @param nanos as {@link System#nanoTime}
     */
    Batches(
            EdgeRules rules,
            Function<List<Q>, CompletionStage<List<A>>> sender,
            LongSupplier nanos,
            Alarm alarm,
            MeterRegistry meters) {
        this.rules = rules;
        this.sender = sender;
        this.nanos = nanos;
        this.alarm = alarm;
        this.sizes = DistributionSummary.builder("spillway.gateway.edge.batch.likes")
                .description("Likes per request to post-metrics-service")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
                .register(meters);
        this.waits = Timer.builder("spillway.gateway.edge.waited")
                .description("Time that likes waited for their batch to be sent")
                .publishPercentileHistogram()
                .maximumExpectedValue(rules.maxWait())
                .register(meters);
        Gauge.builder("spillway.gateway.edge.waiting", this, Batches::waiting)
                .description("Likes waiting to be sent")
                .register(meters);
        Gauge.builder("spillway.gateway.edge.in.flight", this, Batches::inFlight)
                .description("Batches sent and not yet answered")
                .register(meters);
    }

    /**
     * Completes with the question's answer, or fails with what its batch failed with, or with a refusal before anything
     * was sent. Who cancels it before it is sent takes the question back.
     */
    CompletableFuture<A> ask(Q question) {
        Waiting<Q, A> caller = new Waiting<>(question, nanos.getAsLong(), new CompletableFuture<>());
        if (!add(caller)) {
            return CompletableFuture.failedFuture(ServiceFailure.tooManyUnderWay());
        }
        var unused = caller.answer.whenComplete((answer, failure) -> {
            if (caller.answer.isCancelled()) {
                takeBack(caller);
            }
        });
        moveOn();
        return caller.answer;
    }

    /** Sends all that may leave now. */
    private void moveOn() {
        refuseExpired();
        for (List<Waiting<Q, A>> batch = nextDue(); !batch.isEmpty(); batch = nextDue()) {
            send(batch);
        }
    }

    private void send(List<Waiting<Q, A>> batch) {
        sizes.record(batch.size());
        long now = nanos.getAsLong();
        batch.forEach(caller -> waits.record(now - caller.since, TimeUnit.NANOSECONDS));
        sender.apply(batch.stream().map(Waiting::question).toList()).whenComplete((answers, failure) -> {
            landed();
            moveOn();
            answer(batch, answers, failure);
        });
    }

    private void answer(List<Waiting<Q, A>> batch, List<A> answers, @Nullable Throwable failure) {
        for (int i = 0; i < batch.size(); i++) {
            CompletableFuture<A> caller = batch.get(i).answer;
            if (failure == null) {
                caller.complete(answers.get(i));
            } else {
                caller.completeExceptionally(failure);
            }
        }
    }

    private void refuseExpired() {
        takeExpired().forEach(caller -> caller.answer.completeExceptionally(ServiceFailure.tooManyUnderWay()));
    }

    private synchronized boolean add(Waiting<Q, A> caller) {
        return waiting.size() < rules.maxWaiting() && waiting.add(caller);
    }

    private synchronized void takeBack(Waiting<Q, A> caller) {
        waiting.remove(caller);
    }

    private synchronized void landed() {
        inFlight--;
    }

    /** Looked at whenever a like comes or a batch is answered: either happens soon where much is waiting. */
    private synchronized List<Waiting<Q, A>> takeExpired() {
        List<Waiting<Q, A>> expired = new ArrayList<>();
        while (!waiting.isEmpty() && age(waiting.getFirst()) >= rules.maxWait().toNanos()) {
            expired.add(waiting.removeFirst());
        }
        return expired;
    }

    /** Takes the next batch if it may leave, else nothing; then an alarm is set if nothing else will ask again. */
    private synchronized List<Waiting<Q, A>> nextDue() {
        if (waiting.isEmpty() || inFlight >= rules.maxInFlight()) {
            return List.of();
        }
        long lingering = rules.linger().toNanos() - age(waiting.getFirst());
        if (inFlight > 0 && waiting.size() < rules.maxLikes() && lingering > 0) {
            wakeIn(lingering);
            return List.of();
        }
        inFlight++;
        List<Waiting<Q, A>> batch = new ArrayList<>();
        Iterator<Waiting<Q, A>> oldest = waiting.iterator();
        while (oldest.hasNext() && batch.size() < rules.maxLikes()) {
            batch.add(oldest.next());
            oldest.remove();
        }
        return batch;
    }

    /** One alarm is enough: if its batch left before, it rings too early for the next one, and is set again. */
    private void wakeIn(long delayNanos) {
        if (!alarmIsSet) {
            alarmIsSet = true;
            alarm.in(Duration.ofNanos(delayNanos), this::wake);
        }
    }

    private void wake() {
        synchronized (this) {
            alarmIsSet = false;
        }
        moveOn();
    }

    private synchronized int waiting() {
        return waiting.size();
    }

    private synchronized int inFlight() {
        return inFlight;
    }

    private long age(Waiting<Q, A> caller) {
        return nanos.getAsLong() - caller.since;
    }

    /** One caller. Not a record: two callers with the same question are two. */
    private static final class Waiting<Q, A> {

        private final Q question;
        private final long since;
        private final CompletableFuture<A> answer;

        Waiting(Q question, long since, CompletableFuture<A> answer) {
            this.question = question;
            this.since = since;
            this.answer = answer;
        }

        Q question() {
            return question;
        }
    }
}
