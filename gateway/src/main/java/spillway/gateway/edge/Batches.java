package spillway.gateway.edge;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import spillway.gateway.deadline.Deadline;
import spillway.gateway.deadline.Expired;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.route.ServiceFailure;
import spillway.platform.batch.Gathering;

/**
 * Collects what is asked at the same time into batches, and gives each caller its own answer. Thread-safe.
 *
 * <p>A {@link Gathering} decides when a batch leaves. What has waited too long is refused instead of sent.
 *
 * <p>Questions are sent in the order in which they came, but two batches in flight may overtake each other. That reorders
 * nothing anybody could tell: a caller who waits for its answer before it asks again has one question under way, and
 * questions asked at the same time have no order.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
final class Batches<Q, A> {

    private final long maxWaitNanos;
    private final Sender<Q, A> sender;
    private final LongSupplier nanos;
    private final DistributionSummary sizes;
    private final Timer waits;
    private final Gathering<Waiting<Q, A>> gathering;

    /**
     * @param traffic what the questions are, for the meters
     * @param nanos as {@link System#nanoTime}
     */
    Batches(
            TrafficClass traffic,
            BatchLimits limits,
            Sender<Q, A> sender,
            LongSupplier nanos,
            Gathering.Alarm alarm,
            MeterRegistry meters) {
        this.maxWaitNanos = limits.maxWait().toNanos();
        this.sender = sender;
        this.nanos = nanos;
        this.gathering = new Gathering<>(
                new Gathering.Bounds(limits.linger(), limits.most(), limits.maxInFlight(), limits.maxWaiting()),
                nanos,
                alarm,
                this::moveOn);
        this.sizes = DistributionSummary.builder("spillway.gateway.edge.batch.size")
                .description("Writes per request to post-metrics-service")
                .tag("class", traffic.tag())
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
                .register(meters);
        this.waits = Timer.builder("spillway.gateway.edge.waited")
                .description("Time that writes waited for their batch to be sent")
                .tag("class", traffic.tag())
                .publishPercentileHistogram()
                .maximumExpectedValue(limits.maxWait())
                .register(meters);
        Gauge.builder("spillway.gateway.edge.waiting", gathering, Gathering::waiting)
                .description("Writes waiting to be sent")
                .tag("class", traffic.tag())
                .register(meters);
        Gauge.builder("spillway.gateway.edge.in.flight", gathering, Gathering::inFlight)
                .description("Batches sent and not yet answered")
                .tag("class", traffic.tag())
                .register(meters);
    }

    /**
     * Completes with the question's answer, or fails with what its batch failed with, or with a refusal before anything
     * was sent. Who cancels it before it is sent takes the question back.
     *
     * @param deadline of the caller; past it the question is not sent
     * @param home where the question is answered: a batch's callers of one home are answered by one task of it, so that a
     *     thread is woken once for all of them
     */
    Asked<A> ask(Q question, Deadline deadline, Executor home) {
        Waiting<Q, A> caller = new Waiting<>(question, nanos.getAsLong(), deadline, new CompletableFuture<>(), home);
        if (gathering.enter(caller) != Gathering.Entry.ENTERED) {
            caller.answer.completeExceptionally(ServiceFailure.tooManyUnderWay());
            return caller;
        }
        var unused = caller.answer.whenComplete((answer, failure) -> {
            if (caller.answer.isCancelled()) {
                caller.takenBack = gathering.takeBack(caller);
            }
        });
        moveOn();
        return caller;
    }

    /** Sends all that may leave now. */
    private void moveOn() {
        // Looked at whenever a question comes or a batch is answered: either happens soon where much is waiting.
        gathering
                .takeOlderThan(maxWaitNanos)
                .forEach(expired -> expired.answer.completeExceptionally(ServiceFailure.tooManyUnderWay()));
        for (List<Waiting<Q, A>> batch = gathering.nextDue(); !batch.isEmpty(); batch = gathering.nextDue()) {
            send(batch);
        }
    }

    private void send(List<Waiting<Q, A>> due) {
        List<Waiting<Q, A>> batch =
                due.stream().filter(caller -> !caller.hasExpired(nanos)).toList();
        if (batch.isEmpty()) {
            gathering.landed();
            return;
        }
        sizes.record(batch.size());
        long now = nanos.getAsLong();
        batch.forEach(caller -> waits.record(now - caller.since, TimeUnit.NANOSECONDS));
        // As long as any of them waits, the answer is worth having.
        Deadline last = batch.stream()
                .map(caller -> caller.deadline)
                .reduce(Deadline::later)
                .orElse(Deadline.NONE);
        sender.send(batch.stream().map(Waiting::question).toList(), last).whenComplete((answers, failure) -> {
            gathering.landed();
            moveOn();
            batch.stream()
                    .map(caller -> caller.home)
                    .distinct()
                    .forEach(home -> home.execute(() -> answer(batch, home, answers, failure)));
        });
    }

    private void answer(List<Waiting<Q, A>> batch, Executor home, List<A> answers, @Nullable Throwable failure) {
        for (int i = 0; i < batch.size(); i++) {
            Waiting<Q, A> caller = batch.get(i);
            if (!caller.home.equals(home)) {
                continue;
            }
            if (failure == null) {
                caller.answer.complete(answers.get(i));
            } else {
                caller.answer.completeExceptionally(failure);
            }
        }
    }

    /** Where batches go. */
    interface Sender<Q, A> {

        /**
         * Answers each question at its own index; the stage fails, this does not throw.
         *
         * @param deadline the last of the callers'
         */
        CompletionStage<List<A>> send(List<Q> batch, Deadline deadline);
    }

    /** A question that was asked. */
    interface Asked<A> {

        CompletableFuture<A> answer();

        /** Whether it was cancelled before it was sent, and had no effect. */
        boolean isTakenBack();
    }

    /** One caller. Not a record: two callers with the same question are two. */
    private static final class Waiting<Q, A> implements Gathering.Caller, Asked<A> {

        private final Q question;
        private final long since;
        private final Deadline deadline;
        private final CompletableFuture<A> answer;
        private final Executor home;
        private volatile boolean takenBack;

        Waiting(Q question, long since, Deadline deadline, CompletableFuture<A> answer, Executor home) {
            this.question = question;
            this.since = since;
            this.deadline = deadline;
            this.answer = answer;
            this.home = home;
        }

        @Override
        public long since() {
            return since;
        }

        @Override
        public CompletableFuture<A> answer() {
            return answer;
        }

        @Override
        public boolean isTakenBack() {
            return takenBack;
        }

        Q question() {
            return question;
        }

        /** Then it is refused. */
        boolean hasExpired(LongSupplier nanos) {
            boolean expired = deadline.hasPassed(nanos);
            if (expired) {
                home.execute(() -> answer.completeExceptionally(new Expired()));
            }
            return expired;
        }
    }
}
