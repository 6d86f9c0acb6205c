package spillway.content.post;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.insert.InsertSwitch;
import spillway.content.insert.ShardBatches;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * Makes a post.
 *
 * <p>A repeated send gets the first answer again, made from the request itself: its fingerprint is the first one's, and the
 * id holds the time. So it is the same answer even when the post was changed or deleted since.
 */
@Component
class PublishPost {

    private final Shards shards;
    private final PostIds ids;
    private final InsertSwitch path;
    private final InsertPosts insert;
    private final ShardBatches<PostDraft, PostId> batches;
    private final PostEvents events;
    private final MeterRegistry meters;

    PublishPost(
            Shards shards,
            PostIds ids,
            InsertSwitch path,
            InsertPosts insert,
            ShardBatches<PostDraft, PostId> batches,
            PostEvents events,
            MeterRegistry meters) {
        this.shards = shards;
        this.ids = ids;
        this.path = path;
        this.insert = insert;
        this.batches = batches;
        this.events = events;
        this.meters = meters;
    }

    Post publish(UserId author, @Nullable IdempotencyKey key, NewPost body) {
        PostId fresh = ids.next(author.slot());
        Post post = Post.first(fresh, author, body);
        Claim claim = key == null ? null : new Claim(author, key, body.fingerprint(), fresh);
        PostDraft draft = new PostDraft(fresh, author, body, events.created(post), claim);
        PostId made = shards.onOwner(author.slot(), shard -> insert(shard, draft));
        if (!made.equals(fresh)) {
            return Post.first(made, author, body);
        }
        return post;
    }

    private PostId insert(int shard, PostDraft draft) {
        PostId made = switch (path.current()) {
            case SINGLE -> insert.insert(shard, List.of(draft)).getFirst().orThrow();
            case BATCHED -> batches.insert(shard, draft);
        };
        if (made.equals(draft.id())) {
            meters.counter("spillway.content.posts.published", "shard", Integer.toString(shard))
                    .increment();
        }
        return made;
    }
}
