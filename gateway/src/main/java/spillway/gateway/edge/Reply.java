package spillway.gateway.edge;

import spillway.platform.problem.ProblemType;

/** What the service answered to one write of a batch. */
sealed interface Reply {

    /** Durable, to be followed by its receipt; the components are those of the answer to a write that is sent alone. */
    record Accepted(String receipt, String status, long drainEstimateMillis) implements Reply {

        Accepted(String receipt, long drainEstimateMillis) {
            this(receipt, "accepted", drainEstimateMillis);
        }
    }

    /** Taken, and nothing more to be said. */
    record Taken() implements Reply {}

    /** A problem of this write alone. */
    record Refused(ProblemType type, String detail) implements Reply {

        static final Refused UNMENTIONED =
                new Refused(ProblemType.OUTCOME_UNKNOWN, "The service did not say what became of the write.");
    }
}
