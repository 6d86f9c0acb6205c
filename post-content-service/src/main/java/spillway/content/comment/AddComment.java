package spillway.content.comment;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.insert.InsertPath;
import spillway.content.insert.InsertSwitch;
import spillway.content.insert.ShardBatches;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/** Adds a comment to a live post, with others of its shard, or alone where it must wait for its post. */
@Component
class AddComment {

    private final Shards shards;
    private final PostIds ids;
    private final InsertSwitch path;
    private final InsertComments insert;
    private final ShardBatches<CommentDraft, PostId> batches;

    AddComment(
            Shards shards,
            PostIds ids,
            InsertSwitch path,
            InsertComments insert,
            ShardBatches<CommentDraft, PostId> batches) {
        this.shards = shards;
        this.ids = ids;
        this.path = path;
        this.insert = insert;
        this.batches = batches;
    }

    Comment add(UserId author, PostId post, @Nullable IdempotencyKey key, NewComment body) {
        PostId fresh = ids.next(post.slot());
        Claim claim = key == null ? null : new Claim(author, key, body.fingerprint(post), fresh);
        CommentDraft draft = new CommentDraft(fresh, post, author, body.content(), ids.next(post.slot()), claim);
        return draft.comment(insert(draft));
    }

    private PostId insert(CommentDraft draft) {
        if (path.current() == InsertPath.SINGLE) {
            return insert.insertAlone(draft);
        }
        try {
            return shards.onOwner(draft.slot(), shard -> batches.insert(shard, draft));
        } catch (PostNotHeld e) {
            return insert.insertAlone(draft);
        }
    }
}
