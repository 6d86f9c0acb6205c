package spillway.gateway.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.springframework.http.HttpMethod;
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
        TrafficClass traffic,
        HttpMethod method,
        String ending,
        BiFunction<PostId, UserId, W> write,
        Batches<W, Reply> batches) {

    CompletableFuture<Reply> send(PostId post, UserId user, Executor home) {
        return batches.ask(write.apply(post, user), home);
    }
}
