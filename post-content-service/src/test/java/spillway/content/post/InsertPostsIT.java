package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.idempotency.KeyInFlight;
import spillway.content.idempotency.KeyMismatch;
import spillway.content.insert.Outcome;
import spillway.content.insert.Outcome.Done;
import spillway.content.insert.ShardBatches;
import spillway.content.shard.Shards;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** What many posts in one transaction have to do with each other: nothing, unless they share a key. */
@SpringBootTest
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class InsertPostsIT {

    private static final int SHARD = 5;

    @Autowired
    private InsertPosts insert;

    @Autowired
    private ShardBatches<PostDraft, PostId> batches;

    @Autowired
    private PostEvents events;

    @Autowired
    private PostIds ids;

    @Autowired
    private Posts posts;

    @Autowired
    private Shards shards;

    @Autowired
    private JdbcClient jdbc;

    private final UserId user = Users.onShard(SHARD);

    @Test
    void draftsOfOneKeyInOneTransaction_makeOnePost() {
        PostDraft first = draft(user, "x", "k1");
        PostDraft again = draft(user, "x", "k1");
        PostDraft other = draft(user, "y", "k1");
        PostDraft neighbour = draft(Users.onShard(SHARD), "y", "k1");

        List<Outcome<PostId>> outcomes = insert.insert(SHARD, List.of(first, again, other, neighbour));

        assertThat(outcomes.get(0)).isEqualTo(new Done<>(first.id()));
        assertThat(outcomes.get(1)).isEqualTo(new Done<>(first.id()));
        assertThatExceptionOfType(KeyMismatch.class)
                .isThrownBy(() -> outcomes.get(2).orThrow());
        assertThat(outcomes.get(3)).isEqualTo(new Done<>(neighbour.id()));
        assertThat(stored(first)).isEqualTo("x");
        assertThat(stored(again)).isNull();
        assertThat(stored(other)).isNull();
        assertThat(stored(neighbour)).isEqualTo("y");
    }

    @Test
    void keysUsedBefore_answerForThemselves_amongNewPosts() {
        PostDraft before = draft(user, "x", "k1");
        insert.insert(SHARD, List.of(before));
        PostDraft fresh = draft(user, "new", "k2");
        PostDraft without = draft(user, "no key", null);

        List<Outcome<PostId>> outcomes =
                insert.insert(SHARD, List.of(without, draft(user, "x", "k1"), draft(user, "other", "k1"), fresh));

        assertThat(outcomes.get(0)).isEqualTo(new Done<>(without.id()));
        assertThat(outcomes.get(1)).isEqualTo(new Done<>(before.id()));
        assertThatExceptionOfType(KeyMismatch.class)
                .isThrownBy(() -> outcomes.get(2).orThrow());
        assertThat(outcomes.get(3)).isEqualTo(new Done<>(fresh.id()));
        assertThat(stored(fresh)).isEqualTo("new");
        assertThat(stored(without)).isEqualTo("no key");
    }

    @Test
    void keyOfAnOpenTransaction_isInFlight_andItsNeighboursAreMade() {
        PostDraft rival = draft(user, "x", "k1");
        PostDraft neighbour = draft(user, "y", "k2");
        PostDraft open = draft(user, "x", "k1");

        List<Outcome<PostId>> outcomes = shards.write(user.slot(), () -> {
            insert.insert(SHARD, List.of(open));
            return CompletableFuture.supplyAsync(() -> insert.insert(SHARD, List.of(rival, neighbour)))
                    .join();
        });

        assertThatExceptionOfType(KeyInFlight.class)
                .isThrownBy(() -> outcomes.get(0).orThrow());
        assertThat(outcomes.get(1)).isEqualTo(new Done<>(neighbour.id()));
        assertThat(stored(neighbour)).isEqualTo("y");
        assertThat(stored(rival)).isNull();
    }

    @Test
    void rowThatTheDatabaseRefuses_failsAlone_andNothingOfItStays() throws Exception {
        List<PostDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            drafts.add(draft(Users.onShard(SHARD), i == 17 ? "nul \u0000" : "good " + i, "k" + i));
        }
        List<Future<PostId>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            drafts.forEach(draft -> answers.add(executor.submit(() -> batches.insert(SHARD, draft))));
        }
        for (int i = 0; i < drafts.size(); i++) {
            if (i == 17) {
                assertThat(answers.get(i).exceptionNow()).isNotNull();
                assertThat(stored(drafts.get(i))).isNull();
                assertThat(count("idempotency_key WHERE created_id = :id", drafts.get(i)))
                        .isZero();
                assertThat(count("outbox WHERE post_id = :id", drafts.get(i))).isZero();
            } else {
                assertThat(answers.get(i).get()).isEqualTo(drafts.get(i).id());
                assertThat(stored(drafts.get(i))).isEqualTo("good " + i);
            }
        }
    }

    private PostDraft draft(UserId author, String content, @Nullable String key) {
        NewPost body = new NewPost(content, List.of("http://a", "http://b,\"{}"));
        PostId id = ids.next(author.slot());
        Claim claim = key == null ? null : new Claim(author, new IdempotencyKey(key), body.fingerprint(), id);
        return new PostDraft(id, author, body, events.created(Post.first(id, author, body)), claim);
    }

    private @Nullable String stored(PostDraft draft) {
        return shards.read(draft.author().slot(), () -> posts.find(draft.id().value()))
                .map(post -> {
                    assertThat(post.mediaUrls()).isEqualTo(draft.body().mediaUrls());
                    return post.content();
                })
                .orElse(null);
    }

    private long count(String what, PostDraft draft) {
        return shards.read(
                draft.author().slot(),
                () -> jdbc.sql("SELECT count(*) FROM " + what)
                        .param("id", draft.id().value())
                        .query(Long.class)
                        .single());
    }
}
