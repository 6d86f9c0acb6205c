package spillway.metrics.posts;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import spillway.metrics.problem.Unavailable;
import spillway.platform.deadline.Deadline;
import spillway.platform.instance.Instance;
import spillway.platform.instance.Instances;
import spillway.platform.instance.RetryBudget;

/**
 * The service that owns posts, asked only about posts nobody here has heard of. Blocks; thread-safe.
 *
 * <p>An instance that cannot be connected to, or whose connection breaks, is passed over for another: this is a read. What is
 * late or refused is not asked again. Only a question that may have arrived is a retry, and paid for out of the budget: while
 * an instance is away, some questions try it, and those reach the service once like all others.
 */
final class ContentService {

    private final RestClient http;
    private final Instances instances;
    private final RetryBudget retries;
    private final Duration timeout;
    private final Semaphore asked;
    private final Semaphore places;

    /**
     * @param http with timeouts
     * @param asked requests under way
     * @param waiting of those who come then; more are sent away
     */
    ContentService(
            RestClient http, Instances instances, RetryBudget retries, Duration timeout, int asked, int waiting) {
        this.http = http;
        this.instances = instances;
        this.retries = retries;
        this.timeout = timeout;
        this.asked = new Semaphore(asked);
        this.places = new Semaphore(asked + waiting);
    }

    /**
     * Whether the post exists.
     *
     * @param token of the caller, who asks for themselves
     * @throws Unavailable when the service does not say
     */
    boolean has(long post, String token) {
        if (!places.tryAcquire()) {
            throw unavailable("too many are asking", null);
        }
        try {
            return ask(post, token);
        } finally {
            places.release();
        }
    }

    private boolean ask(long post, String token) {
        boolean permitted = false;
        try {
            permitted = asked.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!permitted) {
                throw unavailable("too many are asking", null);
            }
            HttpStatusCode status = status(post, token);
            if (status.is2xxSuccessful()) {
                return true;
            }
            if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
                return false;
            }
            throw unavailable("who knows answers " + status.value(), null);
        } catch (ResourceAccessException e) {
            throw unavailable(isLate(e) ? "the answer is late" : "who knows cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("this instance is ending", e);
        } finally {
            if (permitted) {
                asked.release();
            }
        }
    }

    private HttpStatusCode status(long post, String token) {
        retries.request();
        Instance first =
                instances.choose(List.of()).orElseThrow(() -> unavailable("who knows cannot be reached", null));
        try {
            return status(first, post, token);
        } catch (ResourceAccessException e) {
            boolean unsent = e.getCause() instanceof ConnectException;
            if (unsent) {
                first.notReached();
            } else if (isLate(e)) {
                throw e;
            }
            Instance other = instances
                    .choose(List.of(first))
                    .filter(any -> unsent || retries.take())
                    .orElseThrow(() -> e);
            return status(other, post, token);
        }
    }

    private static boolean isLate(ResourceAccessException e) {
        return e.getCause() instanceof HttpTimeoutException;
    }

    private HttpStatusCode status(Instance instance, long post, String token) {
        instance.began();
        try {
            HttpStatusCode status = http.get()
                    .uri(instance.url() + "/v1/posts/{id}", post)
                    .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                    // Whoever asks may have gone before; the answer is for the next one as well, and so it may take its
                    // time.
                    .header(Deadline.HEADER, Long.toString(Math.max(1, timeout.toMillis())))
                    .exchange((request, response) -> response.getStatusCode());
            instance.reached();
            return status;
        } finally {
            instance.ended();
        }
    }

    private static Unavailable unavailable(String reason, @Nullable Throwable cause) {
        return new Unavailable("Whether the post exists cannot be found out now: " + reason + ".", cause);
    }
}
