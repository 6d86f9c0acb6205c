package spillway.gateway.shed;

import java.util.Locale;

/** Why a request was shed. */
public enum Reason {
    /** The ladder of measures has come to its class. */
    LEVEL,
    /** No place was free for its class among the requests under way to a service. */
    LIMIT,
    /** Its user sends more than one user may. */
    USER_QUOTA,
    /** Its address sends more than one address may. */
    ADDRESS_QUOTA,
    /** Its deadline passed before anything was done. */
    EXPIRED,
    /** A view that others stand for. */
    SAMPLED,
    /** A view that repeats one of the same user on the same post within seconds. */
    COALESCED,
    /** A queue at its bound, or waiting in it for too long. */
    QUEUE_FULL;

    /** The value of the tag {@code reason} in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
