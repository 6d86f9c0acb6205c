package spillway.content.post;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKeys;
import spillway.content.insert.Outcome;
import spillway.content.insert.Outcome.Done;
import spillway.content.outbox.Outbox;
import spillway.content.shard.Shards;
import spillway.platform.id.PostId;

/** Makes posts of one shard: their rows, their events and the uses of their Idempotency-Keys in one transaction. */
@Component
class InsertPosts {

    private final Shards shards;
    private final IdempotencyKeys keys;
    private final Posts posts;
    private final Outbox outbox;

    InsertPosts(Shards shards, IdempotencyKeys keys, Posts posts, Outbox outbox) {
        this.shards = shards;
        this.keys = keys;
        this.posts = posts;
        this.outbox = outbox;
    }

    /**
     * Each draft's post at its own index: the draft's own id, or that of what its key made before.
     *
     * @param drafts of authors of the shard
     */
    List<Outcome<PostId>> insert(int shard, List<PostDraft> drafts) {
        return shards.write(shard, () -> {
            List<Outcome<PostId>> outcomes = claimed(drafts);
            List<PostDraft> fresh = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                if (outcomes.get(i).equals(new Done<>(drafts.get(i).id()))) {
                    fresh.add(drafts.get(i));
                }
            }
            if (!fresh.isEmpty()) {
                posts.saveAll(fresh.stream().map(PostDraft::post).toList());
                outbox.appendAll(fresh.stream().map(PostDraft::event).toList());
            }
            return outcomes;
        });
    }

    private List<Outcome<PostId>> claimed(List<PostDraft> drafts) {
        List<Claim> claims =
                drafts.stream().map(PostDraft::claim).filter(Objects::nonNull).toList();
        Iterator<Outcome<PostId>> answers = keys.claimAll(claims).iterator();
        return drafts.stream()
                .map(draft -> draft.claim() == null ? new Done<>(draft.id()) : answers.next())
                .toList();
    }
}
