package spillway.content.post;

import org.jspecify.annotations.Nullable;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.Draft;
import spillway.events.v1.PostEvent;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * All that goes into a shard with a new post.
 *
 * @param event that tells of it
 * @param claim of its Idempotency-Key; null when it came without one
 */
record PostDraft(
        PostId id,
        UserId author,
        NewPost body,
        PostEvent event,
        @Nullable Claim claim) implements Draft {

    /** A new object each time: one that was part of a failed transaction is none that JPA would insert again. */
    Post post() {
        return Post.first(id, author, body);
    }
}
