package spillway.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.monolith.Api.atOnce;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** Likes, shares, views and tokens over HTTP on a real database. */
@RealServers(Server.POSTGRES)
@WholeMonolith
class EngagementsIT {

    @Autowired
    private JdbcClient database;

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Nested
    class Engagements {

        @Test
        void eachOf200Users_likingThreeTimesAtOnce_countsOnce() {
            String post = api.post(30, "viral");

            List<Integer> answers = atOnce(600, i -> () -> api.like(1_000 + i % 200, post));

            assertThat(answers).containsOnly(202);
            assertThat(api.count(post, "likes")).isEqualTo(200);
        }

        @Test
        void likesAndUnlikesAtOnce_endAsTheRowsSay() {
            String post = api.post(30, "disputed");
            Random random = new Random(20260101);
            List<Boolean> likes =
                    IntStream.range(0, 400).mapToObj(i -> random.nextBoolean()).toList();

            atOnce(
                    likes.size(),
                    i -> () -> likes.get(i) ? api.like(2_000 + i % 10, post) : api.unlike(2_000 + i % 10, post));

            long likers = LongStream.range(2_000, 2_010)
                    .filter(user -> api.likes(user, post))
                    .count();
            assertThat(api.count(post, "likes")).isEqualTo(likers);
        }

        @Test
        void like_isAppliedWhenItIsAnswered() {
            String post = api.post(30, "quiet");

            api.as(31)
                    .put()
                    .uri("/v1/posts/" + post + "/like")
                    .exchange()
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .valueEquals("Location", "/v1/writes/committed")
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("applied");

            assertThat(api.likes(31, post)).isTrue();
            assertThat(api.count(post, "likes")).isEqualTo(1);
            api.as(31)
                    .get()
                    .uri("/v1/writes/committed?wait=2s")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("applied");
        }

        @Test
        void views_countEach_viewersOnce() {
            String post = api.post(30, "seen");

            atOnce(30, i -> () -> api.send(40 + i % 3, "/v1/posts/" + post + "/views"));

            assertThat(api.count(post, "views")).isEqualTo(30);
            assertThat(api.count(post, "uniqueViewers")).isEqualTo(3);
        }

        @Test
        void shareWithAKey_countsOnce_withoutCountsEach() {
            String post = api.post(30, "shared");

            atOnce(10, i -> () -> api.share(50, post, "same"));
            atOnce(3, i -> () -> api.share(50, post, null));

            assertThat(api.count(post, "shares")).isEqualTo(4);
        }

        @ParameterizedTest
        @ValueSource(strings = {"like", "metrics"})
        void unknownPost_isNotFound(String what) {
            api.as(30)
                    .get()
                    .uri("/v1/posts/424242/" + what)
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            assertThat(api.like(30, "424242")).isEqualTo(404);
            assertThat(api.unlike(30, "424242")).isEqualTo(404);
            assertThat(api.send(30, "/v1/posts/424242/views")).isEqualTo(404);
            assertThat(api.share(30, "424242", null)).isEqualTo(404);
        }

        @Test
        void metricsOfSeveral_leaveUnknownPostsOut() {
            String first = api.post(30, "one");
            String second = api.post(30, "two");

            api.as(30)
                    .get()
                    .uri("/v1/metrics?ids=" + second + ",424242," + first)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items[*].postId")
                    .value(ids -> assertThat(ids.toString()).isEqualTo("[\"" + second + "\",\"" + first + "\"]"));
        }
    }

    @Nested
    class Tokens {

        @Test
        void withoutAToken_nothingIsServed() {
            RestTestClient stranger = api.stranger();

            for (String path : List.of("/v1/posts", "/v1/metrics?ids=1", "/v1/writes/committed", "/nowhere")) {
                stranger.get().uri(path).exchange().expectStatus().isUnauthorized();
            }
        }

        @Test
        void unknownScope_isRefused() {
            api.stranger()
                    .post()
                    .uri("/dev/token")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body("{\"userId\":\"1\",\"scopes\":[\"emperor\"]}")
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }

        @Test
        void publicKeys_areThere() {
            api.stranger()
                    .get()
                    .uri("/.well-known/jwks.json")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.keys[0].kty")
                    .isEqualTo("RSA")
                    .jsonPath("$.keys[0].d")
                    .doesNotExist();
        }
    }

    @Test
    void countersAgreeWithTheRowsThatCausedThem() {
        String post = api.post(70, "audited");
        atOnce(40, i -> () -> api.like(3_000 + i % 20, post));

        assertThat(database.sql("""
                        select count(*) from posts p
                        where like_count <> (select count(*) from likes l where l.post_id = p.id)
                           or comment_count <> (select count(*) from comments c where c.post_id = p.id)
                           or share_count <> (select count(*) from shares s where s.post_id = p.id)
                           or viewer_count <> (select count(*) from viewers v where v.post_id = p.id)""").query(Long.class).single()).isZero();
    }
}
