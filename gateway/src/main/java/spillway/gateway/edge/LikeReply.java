package spillway.gateway.edge;

import spillway.platform.problem.ProblemType;

/** What the service answered to one like of a batch. */
sealed interface LikeReply {

    /** Durable; the components are those of the answer to a like that is sent alone. */
    record Accepted(String receipt, String status, long drainEstimateMillis) implements LikeReply {

        Accepted(String receipt, long drainEstimateMillis) {
            this(receipt, "accepted", drainEstimateMillis);
        }
    }

    /** A problem of this like alone. */
    record Refused(ProblemType type, String detail) implements LikeReply {}
}
