package spillway.content.post;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.outbox.Outbox;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * Makes a post: the row, its event and the use of its Idempotency-Key in one transaction.
 *
 * <p>A repeated send gets the first answer again, made from the request itself: its fingerprint is the first one's, and the
 * id holds the time. So it is the same answer even when the post was changed or deleted since.
 */
@Component
class PublishPost {

    private final Shards shards;
    private final PostIds ids;
    private final IdempotencyKeys keys;
    private final Posts posts;
    private final Outbox outbox;
    private final PostEvents events;
    private final MeterRegistry meters;

    PublishPost(
            Shards shards,
            PostIds ids,
            IdempotencyKeys keys,
            Posts posts,
            Outbox outbox,
            PostEvents events,
            MeterRegistry meters) {
        this.shards = shards;
        this.ids = ids;
        this.keys = keys;
        this.posts = posts;
        this.outbox = outbox;
        this.events = events;
        this.meters = meters;
    }

    Post publish(UserId author, @Nullable IdempotencyKey key, NewPost body) {
        Slot slot = author.slot();
        PostId fresh = ids.next(slot);
        Post post = shards.write(slot, () -> {
            PostId id = key == null ? fresh : keys.claim(author, key, body.fingerprint(), fresh);
            Post first = Post.first(id, author, body);
            if (id.equals(fresh)) {
                posts.save(first);
                outbox.append(events.created(first));
            }
            return first;
        });
        if (post.postId().equals(fresh)) {
            meters.counter("spillway.content.posts.published", "shard", Integer.toString(shards.shardOf(slot)))
                    .increment();
        }
        return post;
    }
}
