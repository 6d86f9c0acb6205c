package spillway.gateway.route;

import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;
import spillway.platform.problem.ProblemType;

/**
 * A service did not answer. What that means to the caller depends on how far the request had got:
 *
 * <ul>
 *   <li>no connection could be made: nothing happened, it is safe to send again ({@code UNAVAILABLE} with
 *       {@code Retry-After});
 *   <li>a write was on its way: it may have happened (invariant I1: {@code OUTCOME_UNKNOWN}, never "failed");
 *   <li>a read was on its way: the deadline passed, or the service broke off.
 * </ul>
 */
public final class ServiceFailure extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private static final String RETRY_AFTER_SECONDS = "1";

    private final boolean ownRefusal;

    private ServiceFailure(ProblemType type, String detail, @Nullable Throwable cause) {
        this(type, detail, cause, false);
    }

    private ServiceFailure(ProblemType type, String detail, @Nullable Throwable cause, boolean ownRefusal) {
        super(type.status(), type.with(detail), cause);
        this.ownRefusal = ownRefusal;
        if (type == ProblemType.UNAVAILABLE) {
            getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }

    /** A refusal, before anything was sent. */
    public static ServiceFailure tooManyUnderWay() {
        return new ServiceFailure(
                ProblemType.UNAVAILABLE, "Too many requests are under way; nothing was done.", null, true);
    }

    /**
     * A refusal by the service, before any effect.
     *
     * @param retryAfter what it says about when to come back, if anything
     */
    public static ServiceFailure refused(@Nullable String retryAfter) {
        ServiceFailure refusal = new ServiceFailure(
                ProblemType.UNAVAILABLE, "The service cannot take this now; nothing was done.", null);
        if (retryAfter != null) {
            refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return refusal;
    }

    /** An answer to a write that does not say what became of it. */
    public static ServiceFailure unknown(@Nullable Throwable cause) {
        return new ServiceFailure(
                ProblemType.OUTCOME_UNKNOWN,
                "The service did not answer: the write may or may not have happened.",
                cause);
    }

    /**
     * The caller's deadline passed while a service had the request.
     *
     * @param write whether the request has an effect when it arrives
     */
    public static ServiceFailure late(boolean write) {
        return write
                ? unknown(null)
                : new ServiceFailure(ProblemType.DEADLINE_EXCEEDED, "The service did not answer in time.", null);
    }

    /** Whether a bound here refused the request, and no service. */
    public boolean isOwnRefusal() {
        return ownRefusal;
    }

    /**
     * What a failure on the way to or from a service means.
     *
     * @param thrown any exception of the client, not of the caller's own request
     * @param write whether the request has an effect when it arrives
     */
    public static ServiceFailure of(Throwable thrown, boolean write) {
        if (thrown instanceof ServiceFailure known) {
            return known;
        }
        if (isUnsent(thrown)) {
            return away(thrown);
        }
        if (write) {
            return unknown(thrown);
        }
        if (causedBy(thrown, TimeoutException.class)) {
            return new ServiceFailure(ProblemType.DEADLINE_EXCEEDED, "The service did not answer in time.", thrown);
        }
        return new ServiceFailure(ProblemType.UNAVAILABLE, "The service broke off its answer.", thrown);
    }

    /** No connection can be made. */
    static ServiceFailure away(@Nullable Throwable cause) {
        return new ServiceFailure(ProblemType.UNAVAILABLE, "The service cannot be reached now.", cause);
    }

    /** Whether a failure of the client means that there was no connection. */
    static boolean isUnsent(Throwable thrown) {
        return causedBy(thrown, ConnectException.class) || causedBy(thrown, UnknownHostException.class);
    }

    static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
