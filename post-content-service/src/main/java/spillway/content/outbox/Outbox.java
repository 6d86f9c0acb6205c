package spillway.content.outbox;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import spillway.content.shard.Shards;
import spillway.events.v1.PostEvent;

/**
 * Takes events into the transaction that makes them true.
 *
 * <p>The sequence gives one post's events their order: whoever changes a post holds its row before the event is appended, so
 * a later change gets a higher number. Across posts numbers may commit in another order than they were given; the relay
 * therefore never reads "beyond the last number" but takes what it finds.
 */
@Component
public class Outbox {

    private final JdbcClient shard;
    private final Shards shards;
    private final Bells bells;

    Outbox(JdbcClient shard, Shards shards, Bells bells) {
        this.shard = shard;
        this.shards = shards;
        this.bells = bells;
    }

    /** Within the transaction of the change; once it is committed the relay hears of it. */
    public void append(PostEvent event) {
        appendAll(List.of(event));
    }

    /** The same for several, at least one; of one post only such as may come in any order, as its comments may. */
    public void appendAll(List<PostEvent> events) {
        shard.sql("INSERT INTO outbox (post_id, payload) SELECT * FROM unnest(:posts, :payloads)")
                .param("posts", events.stream().mapToLong(PostEvent::getPostId).toArray())
                .param("payloads", events.stream().map(PostEvent::toByteArray).toArray(byte[][]::new))
                .update();
        int number = shards.current();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                bells.ring(number);
            }
        });
    }
}
