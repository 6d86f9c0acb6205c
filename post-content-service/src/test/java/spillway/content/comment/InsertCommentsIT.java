package spillway.content.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.id.PostIds;
import spillway.content.idempotency.Claim;
import spillway.content.idempotency.IdempotencyKey;
import spillway.content.idempotency.KeyMismatch;
import spillway.content.insert.Outcome;
import spillway.content.insert.Outcome.Done;
import spillway.content.shard.Shards;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** Comments in one transaction: what becomes of one is no matter of the others, whatever its post is going through. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class InsertCommentsIT {

    private static final int SHARD = 6;

    @LocalServerPort
    private int port;

    @Autowired
    private InsertComments insert;

    @Autowired
    private PostIds ids;

    @Autowired
    private Shards shards;

    @Autowired
    private JdbcClient jdbc;

    private final UserId author = Users.onShard(SHARD);
    private Api api;
    private PostId post;
    private PostId other;

    @BeforeEach
    void publish() {
        api = new Api(port);
        post = PostId.parse(api.publish(author, "talk"));
        other = PostId.parse(api.publish(Users.onShard(SHARD), "other talk"));
    }

    @Test
    void commentsOfOnePost_andOfOthers_areMadeTogether() {
        CommentDraft first = draft(post, "a", null);
        CommentDraft second = draft(post, "b", "k1");
        CommentDraft elsewhere = draft(other, "c", "k2");

        assertThat(insert.insert(SHARD, List.of(first, second, elsewhere)))
                .containsExactly(new Done<>(first.id()), new Done<>(second.id()), new Done<>(elsewhere.id()));

        assertThat(commentsOf(post)).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(commentsOf(other)).containsExactly(elsewhere.id());
    }

    @Test
    void draftsOfOneKey_makeOneComment_andTheKeyAnswersLater() {
        CommentDraft first = draft(post, "a", "k1");
        CommentDraft again = draft(post, "a", "k1");
        CommentDraft mismatch = draft(post, "b", "k1");

        List<Outcome<PostId>> outcomes = insert.insert(SHARD, List.of(first, again, mismatch));
        List<Outcome<PostId>> later = insert.insert(SHARD, List.of(draft(post, "a", "k1"), draft(other, "z", null)));

        assertThat(outcomes.subList(0, 2)).containsOnly(new Done<>(first.id()));
        assertThatExceptionOfType(KeyMismatch.class)
                .isThrownBy(() -> outcomes.get(2).orThrow());
        assertThat(later.getFirst()).isEqualTo(new Done<>(first.id()));
        assertThat(commentsOf(post)).containsExactly(first.id());
    }

    @Test
    void postThatIsGone_refusesItsCommentAlone_andLeavesItsKeyUnused() {
        api.delete(author, "/v1/posts/" + post);
        CommentDraft late = draft(post, "late", "k1");
        CommentDraft neighbour = draft(other, "in time", "k2");

        List<Outcome<PostId>> outcomes = insert.insert(SHARD, List.of(late, neighbour));

        assertThatExceptionOfType(PostNotHeld.class)
                .isThrownBy(() -> outcomes.getFirst().orThrow());
        assertThat(outcomes.get(1)).isEqualTo(new Done<>(neighbour.id()));
        assertThat(commentsOf(post)).isEmpty();
        assertThat(usesOfKey(late)).isZero();
        assertThat(usesOfKey(neighbour)).isOne();
    }

    @Test
    void commentThatItsKeyMadeBefore_staysTheAnswer_whenThePostIsGone() {
        String path = "/v1/posts/" + post + "/comments";
        Answer first = api.post(author, path, "{\"content\":\"a\"}", "Idempotency-Key", "k1");
        api.delete(author, "/v1/posts/" + post);

        Answer again = api.post(author, path, "{\"content\":\"a\"}", "Idempotency-Key", "k1");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(api.post(author, path, "{\"content\":\"a\"}", "Idempotency-Key", "k2")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void postThatIsBeingChanged_holdsUpItsOwnCommentOnly_whichIsMadeAfterTheChange() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> change = executor.submit(() -> shards.write(post.slot(), () -> {
                int rows = jdbc.sql("UPDATE post SET version = version + 1 WHERE id = :id")
                        .param("id", post.value())
                        .update();
                changed.countDown();
                awaited(end);
                return rows;
            }));
            changed.await();

            CommentDraft held = draft(post, "held", "k1");
            CommentDraft free = draft(other, "free", "k2");
            List<Outcome<PostId>> outcomes = insert.insert(SHARD, List.of(held, free));
            Future<Answer> alone =
                    executor.submit(() -> api.post(author, "/v1/posts/" + post + "/comments", "{\"content\":\"x\"}"));
            Answer neighbour = api.post(author, "/v1/posts/" + other + "/comments", "{\"content\":\"y\"}");

            assertThatExceptionOfType(PostNotHeld.class)
                    .isThrownBy(() -> outcomes.getFirst().orThrow());
            assertThat(outcomes.get(1)).isEqualTo(new Done<>(free.id()));
            assertThat(neighbour.status()).isEqualTo(201);
            assertThat(alone.isDone()).isFalse();
            end.countDown();
            change.get();
            assertThat(alone.get().status()).isEqualTo(201);
            assertThat(commentsOf(post))
                    .containsExactly(PostId.parse(alone.get().text("id")));
        }
    }

    @Test
    void commentThatIsHeld_keepsItsPostFromADeletion() {
        CommentDraft draft = draft(post, "a", null);

        Answer refused = shards.write(post.slot(), () -> {
            insert.insert(SHARD, List.of(draft));
            return CompletableFuture.supplyAsync(() -> api.delete(author, "/v1/posts/" + post))
                    .join();
        });

        assertThat(refused.status()).isEqualTo(503);
        assertThat(commentsOf(post)).containsExactly(draft.id());
    }

    private CommentDraft draft(PostId on, String content, @Nullable String key) {
        PostId id = ids.next(on.slot());
        NewComment body = new NewComment(content);
        Claim claim = key == null ? null : new Claim(author, new IdempotencyKey(key), body.fingerprint(on), id);
        return new CommentDraft(id, on, author, content, ids.next(on.slot()), claim);
    }

    private List<PostId> commentsOf(PostId id) {
        return api.get(author, "/v1/posts/" + id + "/comments").ids().stream()
                .map(PostId::parse)
                .toList();
    }

    private long usesOfKey(CommentDraft draft) {
        return shards.read(
                draft.slot(),
                () -> jdbc.sql("SELECT count(*) FROM idempotency_key WHERE created_id = :id")
                        .param("id", draft.id().value())
                        .query(Long.class)
                        .single());
    }

    /** Not for ever, so that a test that fails before it ends the change comes to its own end. */
    private static void awaited(CountDownLatch latch) {
        try {
            var unused = latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
