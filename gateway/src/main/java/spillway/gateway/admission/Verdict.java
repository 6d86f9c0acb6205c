package spillway.gateway.admission;

import org.jspecify.annotations.Nullable;
import spillway.gateway.shed.Reason;

/** What is decided about a request. */
sealed interface Verdict {

    /**
     * It goes on.
     *
     * @param place in its lane, to be given back; none while admission is off
     * @param weight how many requests it stands for
     */
    record Admitted(Limiter.@Nullable Place place, int weight) implements Verdict {

        static final Admitted FREELY = new Admitted(null, 1);
    }

    /** A view that others stand for. */
    record SampledOut() implements Verdict {

        static final SampledOut ONE = new SampledOut();
    }

    /** @param retryAfter seconds */
    record Refused(Reason reason, int retryAfter) implements Verdict {}
}
