package spillway.content.comment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.insert.Outcome;
import spillway.content.outbox.Outbox;
import spillway.content.post.LivePosts;
import spillway.content.post.PostNotFound;
import spillway.content.shard.MirrorLog;
import spillway.content.shard.Shards;
import spillway.content.shard.SlotMoved;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/**
 * Adds comments to live posts of one shard: their rows, their events and the uses of their Idempotency-Keys in one
 * transaction.
 *
 * <p>A comment holds its post against changes until the commit. Alone it waits for a post that is being changed; among others
 * it does not, since all of them would wait with it: it is refused with {@link PostNotHeld}, before its key is claimed, and
 * has to come alone.
 */
@Component
class InsertComments {

    private final Shards shards;
    private final IdempotencyKeys keys;
    private final LivePosts posts;
    private final Comments comments;
    private final Outbox outbox;
    private final MirrorLog mirror;

    InsertComments(
            Shards shards, IdempotencyKeys keys, LivePosts posts, Comments comments, Outbox outbox, MirrorLog mirror) {
        this.mirror = mirror;
        this.shards = shards;
        this.keys = keys;
        this.posts = posts;
        this.comments = comments;
        this.outbox = outbox;
    }

    /**
     * The draft's own id, or that of what its key made before; what was made before stays an answer when the post is gone.
     *
     * @throws PostNotFound when there is no such post, or no longer
     */
    PostId insertAlone(CommentDraft draft) {
        return shards.write(draft.slot(), () -> {
            Claim claim = draft.claim();
            PostId id = claim == null ? draft.id() : keys.claim(claim);
            if (id.equals(draft.id())) {
                save(List.of(draft), Map.of(draft.post(), posts.hold(draft.post())));
            }
            return id;
        });
    }

    /**
     * The same for each draft, at its own index; refused with {@link SlotMoved} when the shard does not own its post's slot,
     * and with {@link PostNotHeld}.
     */
    List<Outcome<PostId>> insert(int shard, List<CommentDraft> drafts) {
        List<Slot> slots = drafts.stream().map(CommentDraft::slot).toList();
        return shards.writeFenced(shard, slots, strangers -> {
            Map<PostId, Long> held = posts.holdFree(drafts.stream()
                    .filter(draft -> !strangers.containsKey(draft.slot()))
                    .map(CommentDraft::post)
                    .collect(Collectors.toSet()));
            List<Outcome<PostId>> outcomes = keys.claimAll(drafts, draft -> refusal(draft, strangers, held.keySet()));
            List<CommentDraft> fresh = IdempotencyKeys.fresh(drafts, outcomes);
            if (!fresh.isEmpty()) {
                save(fresh, held);
            }
            return outcomes;
        });
    }

    private static Optional<RuntimeException> refusal(
            CommentDraft draft, Map<Slot, SlotMoved> strangers, Set<PostId> held) {
        SlotMoved moved = strangers.get(draft.slot());
        if (moved != null) {
            return Optional.of(moved);
        }
        return held.contains(draft.post()) ? Optional.empty() : Optional.of(new PostNotHeld());
    }

    /** @param versions of the posts, which are held */
    private void save(List<CommentDraft> fresh, Map<PostId, Long> versions) {
        comments.saveAll(fresh.stream().map(CommentDraft::comment).toList());
        outbox.appendAll(fresh.stream()
                .map(draft -> draft.added(requireNonNull(versions.get(draft.post()))))
                .toList());
        mirror.comments(fresh, CommentDraft::post, CommentDraft::id);
    }
}
