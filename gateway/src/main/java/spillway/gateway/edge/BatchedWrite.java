package spillway.gateway.edge;

import java.util.concurrent.Executor;
import org.springframework.http.HttpMethod;
import spillway.gateway.admission.Passage;
import spillway.gateway.ledger.TrafficClass;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * A kind of request that is answered from batches.
 *
 * @param traffic in which it is booked
 * @param ending of the path, after {@code /v1/posts/{id}}
 * @param write what goes into the batch for a post and the user of the token
 * @param <W> a write
 */
record BatchedWrite<W>(
        TrafficClass traffic, HttpMethod method, String ending, Maker<W> write, Batches<W, Reply> batches) {

    /** @param <W> a write */
    interface Maker<W> {

        /** @param weight how many the write stands for */
        W of(PostId post, UserId user, int weight);
    }

    Batches.Asked<Reply> send(PostId post, UserId user, Passage passage, Executor home) {
        return batches.ask(write.of(post, user, passage.weight()), passage.deadline(), home);
    }
}
