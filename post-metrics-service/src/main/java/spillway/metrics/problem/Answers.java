package spillway.metrics.problem;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.web.ErrorResponseException;
import spillway.platform.deadline.Deadline;

/** Waits for answers of the log and of Redis on the request's virtual thread, and never past the request's deadline. */
public final class Answers {

    private Answers() {}

    /**
     * The value of a stage that has no effect on its own.
     *
     * @param atMost longest wait
     * @param failed what a failure that is no problem yet, or a wait that was too long, is to the caller
     * @throws spillway.platform.deadline.DeadlinePassed when the caller's deadline came first
     */
    public static <T> T await(
            CompletionStage<T> stage, Duration atMost, Function<Throwable, ErrorResponseException> failed) {
        Deadline deadline = Deadline.current();
        return await(stage, atMost, failed, late -> deadline.isPast() ? deadline.passed(late) : failed.apply(late));
    }

    /**
     * The value of a write that has been handed over.
     *
     * @param atMost longest wait
     * @throws OutcomeUnknown when it fails without saying what became of it, takes too long, or the caller's deadline comes
     *     first
     */
    public static <T> T awaitWrite(CompletionStage<T> write, Duration atMost) {
        return await(write, atMost, OutcomeUnknown::new, OutcomeUnknown::new);
    }

    private static <T> T await(
            CompletionStage<T> stage,
            Duration atMost,
            Function<Throwable, ErrorResponseException> failed,
            Function<TimeoutException, ErrorResponseException> late) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(Deadline.current().within(atMost).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof ErrorResponseException problem ? problem : failed.apply(cause);
        } catch (TimeoutException e) {
            throw late.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed.apply(e);
        }
    }
}
