package spillway.metrics.problem;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.web.ErrorResponseException;

/** Waits for answers of the log and of Redis on the request's virtual thread. */
public final class Answers {

    private Answers() {}

    /**
     * The stage's value.
     *
     * @param atMost longest wait
     * @param failed what a failure that is no problem yet, or a wait that was too long, is to the caller
     */
    public static <T> T await(
            CompletionStage<T> stage, Duration atMost, Function<Throwable, ErrorResponseException> failed) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof ErrorResponseException problem ? problem : failed.apply(cause);
        } catch (TimeoutException e) {
            throw failed.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed.apply(e);
        }
    }
}
