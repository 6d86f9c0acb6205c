package spillway.content.post;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.insert.Outcome;
import spillway.content.outbox.Outbox;
import spillway.content.shard.MirrorLog;
import spillway.content.shard.Shards;
import spillway.content.shard.SlotMoved;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

/** Makes posts of one shard: their rows, their events and the uses of their Idempotency-Keys in one transaction. */
@Component
class InsertPosts {

    private final Shards shards;
    private final IdempotencyKeys keys;
    private final Posts posts;
    private final Outbox outbox;
    private final MirrorLog mirror;

    InsertPosts(Shards shards, IdempotencyKeys keys, Posts posts, Outbox outbox, MirrorLog mirror) {
        this.mirror = mirror;
        this.shards = shards;
        this.keys = keys;
        this.posts = posts;
        this.outbox = outbox;
    }

    /**
     * Each draft's post at its own index: the draft's own id, or that of what its key made before; refused with
     * {@link SlotMoved} when the shard does not own its author's slot.
     */
    List<Outcome<PostId>> insert(int shard, List<PostDraft> drafts) {
        List<Slot> slots = drafts.stream().map(draft -> draft.id().slot()).toList();
        return shards.writeFenced(shard, slots, strangers -> {
            List<Outcome<PostId>> outcomes = keys.claimAll(
                    drafts,
                    draft -> Optional.ofNullable(strangers.get(draft.id().slot())));
            List<PostDraft> fresh = IdempotencyKeys.fresh(drafts, outcomes);
            if (!fresh.isEmpty()) {
                posts.saveAll(fresh.stream().map(PostDraft::post).toList());
                outbox.appendAll(fresh.stream().map(PostDraft::event).toList());
                mirror.posts(fresh.stream().map(PostDraft::id).toList());
            }
            return outcomes;
        });
    }
}
