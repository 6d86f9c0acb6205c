package spillway.content.comment;

import org.jspecify.annotations.Nullable;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.Draft;
import spillway.events.v1.CommentAdded;
import spillway.events.v1.PostEvent;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/**
 * All that goes into a shard with a new comment.
 *
 * @param event id of the event that tells of it
 * @param claim of its Idempotency-Key; null when it came without one
 */
record CommentDraft(
        PostId id,
        PostId post,
        UserId author,
        String content,
        PostId event,
        @Nullable Claim claim) implements Draft {

    Slot slot() {
        return post.slot();
    }

    /** A new object each time: one that was part of a failed transaction is none that JPA would insert again. */
    Comment comment() {
        return comment(id);
    }

    /** What the author is told: the comment as sent, under the id that its key made. */
    Comment comment(PostId made) {
        return new Comment(made, post, author, content);
    }

    /** @param postVersion of the post as it is held */
    PostEvent added(long postVersion) {
        return PostEvent.newBuilder()
                .setEventId(event.value())
                .setPostId(post.value())
                .setUserId(author.value())
                .setOccurredAtMillis(id.createdAt().toEpochMilli())
                .setVersion(postVersion)
                .setCommentAdded(
                        CommentAdded.newBuilder().setCommentId(id.value()).setContent(content))
                .build();
    }
}
