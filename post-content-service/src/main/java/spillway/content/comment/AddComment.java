package spillway.content.comment;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.outbox.Outbox;
import spillway.content.post.LivePosts;
import spillway.content.shard.MirrorLog;
import spillway.content.shard.Shards;
import spillway.events.v1.CommentAdded;
import spillway.events.v1.PostEvent;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

/** Adds a comment to a live post: the row, its event and the use of its Idempotency-Key in one transaction. */
@Component
class AddComment {

    private final Shards shards;
    private final PostIds ids;
    private final IdempotencyKeys keys;
    private final LivePosts posts;
    private final Comments comments;
    private final Outbox outbox;
    private final MirrorLog mirror;

    AddComment(
            Shards shards,
            PostIds ids,
            IdempotencyKeys keys,
            LivePosts posts,
            Comments comments,
            Outbox outbox,
            MirrorLog mirror) {
        this.mirror = mirror;
        this.shards = shards;
        this.ids = ids;
        this.keys = keys;
        this.posts = posts;
        this.comments = comments;
        this.outbox = outbox;
    }

    Comment add(UserId author, PostId post, @Nullable IdempotencyKey key, NewComment body) {
        Slot slot = post.slot();
        PostId fresh = ids.next(slot);
        return shards.write(slot, () -> {
            PostId id = key == null ? fresh : keys.claim(new Claim(author, key, body.fingerprint(post), fresh));
            Comment comment = new Comment(id, post, author, body.content());
            if (id.equals(fresh)) {
                long postVersion = posts.hold(post);
                comments.save(comment);
                mirror.comment(post, id);
                outbox.append(added(comment, postVersion));
            }
            return comment;
        });
    }

    private PostEvent added(Comment comment, long postVersion) {
        return PostEvent.newBuilder()
                .setEventId(ids.next(comment.post().slot()).value())
                .setPostId(comment.post().value())
                .setUserId(comment.author().value())
                .setOccurredAtMillis(comment.createdAt().toEpochMilli())
                .setVersion(postVersion)
                .setCommentAdded(CommentAdded.newBuilder()
                        .setCommentId(comment.commentId().value())
                        .setContent(comment.content()))
                .build();
    }
}
