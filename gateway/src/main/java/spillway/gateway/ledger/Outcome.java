package spillway.gateway.ledger;

import java.util.Locale;

/**
 * What became of an offered request. Each gets exactly one, so that offered = accepted + shed + rejected + failed +
 * unknown once nothing is in flight.
 */
enum Outcome {
    /** Done, or durably taken. */
    ACCEPTED,
    /** Refused before any effect, to be tried again later. */
    SHED,
    /** The caller's mistake. */
    REJECTED,
    /** Not done. */
    FAILED,
    /** A write that may or may not have happened. */
    UNKNOWN;

    /**
     * The outcome of an answered request.
     *
     * <p>503 has two meanings, told apart by {@code Retry-After}: who refuses before any effect says when to come back;
     * on a write, a 503 without it is "outcome unknown" (invariant I1: never book as failed what may have happened).
     */
    static Outcome of(TrafficClass traffic, int status, boolean retryAfter) {
        return switch (status) {
            case 429 -> SHED;
            case 503 -> retryAfter ? SHED : lost(traffic);
            case 504 -> lost(traffic);
            default -> status < 400 ? ACCEPTED : status < 500 ? REJECTED : FAILED;
        };
    }

    /** The outcome of a request whose answer did not arrive anywhere. */
    static Outcome lost(TrafficClass traffic) {
        return traffic == TrafficClass.READ ? FAILED : UNKNOWN;
    }

    /** The value of the tag {@code outcome} in metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
