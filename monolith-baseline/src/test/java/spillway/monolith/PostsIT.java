package spillway.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.monolith.Api.atOnce;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** Posts and comments over HTTP on a real database. */
@RealServers(Server.POSTGRES)
@WholeMonolith
class PostsIT {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Nested
    class Posts {

        @Test
        void post_isReadAsItWasWritten() {
            String id = api.post(7, "a \"quoted\" 😀\nline; drop table posts;--", "https://example.org/a.png");

            api.as(7)
                    .get()
                    .uri("/v1/posts/" + id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("ETag", "\"1\"")
                    .expectBody()
                    .jsonPath("$.id")
                    .isEqualTo(id)
                    .jsonPath("$.userId")
                    .isEqualTo("7")
                    .jsonPath("$.content")
                    .isEqualTo("a \"quoted\" 😀\nline; drop table posts;--")
                    .jsonPath("$.mediaUrls[0]")
                    .isEqualTo("https://example.org/a.png")
                    .jsonPath("$.version")
                    .isEqualTo(1);
        }

        @Test
        void knownETag_isNotSentAgain() {
            String id = api.post(7, "same");

            api.as(7)
                    .get()
                    .uri("/v1/posts/" + id)
                    .header("If-None-Match", "\"1\"")
                    .exchange()
                    .expectStatus()
                    .isNotModified();
        }

        @Test
        void list_givesEachPostOnce_newestFirst() {
            List<String> written = IntStream.range(0, 5)
                    .mapToObj(i -> api.post(99, "post " + i))
                    .toList();

            assertThat(api.pages("/v1/users/99/posts", 2)).containsExactlyElementsOf(written.reversed());
            assertThat(api.pages("/v1/posts", 3)).containsSubsequence(written.reversed());
        }

        @Test
        void sameKeyAndBody_sentTwentyTimesAtOnce_isOnePost() {
            List<String> ids = atOnce(20, i -> () -> api.postWithKey(11, "key-a", "once"));

            assertThat(ids).containsOnly(ids.getFirst());
            assertThat(api.pages("/v1/users/11/posts", 100)).hasSize(1);
        }

        @Test
        void sameKey_ofAnotherUser_isAnotherPost() {
            assertThat(api.postWithKey(12, "key-b", "mine")).isNotEqualTo(api.postWithKey(13, "key-b", "mine"));
        }

        @Test
        void sameKey_withAnotherBody_isRefused() {
            api.postWithKey(14, "key-c", "first");

            api.sendPost(14, "key-c", "{\"content\":\"second\"}")
                    .expectStatus()
                    .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{\"content\":null}",
                    "{\"content\":\"\"}",
                    "{\"content\":\"a\\u0000b\"}",
                    "{\"content\":\"\\ud83d\"}",
                    "{\"content\":\"a\",\"likeCount\":7}",
                    "{\"content\":\"a\",\"userId\":\"1\"}",
                    "{\"content\":\"a\"} {}",
                    "{\"content\":\"a\",\"mediaUrls\":[\"ftp://example.org\"]}",
                    "{\"content\":\"a\",\"mediaUrls\":[\"javascript:alert(1)\"]}",
                    "{\"content\":\"a\",\"mediaUrls\":[null]}",
                    "{\"content\":\"a\",\"mediaUrls\":\"https://example.org\"}",
                })
        void badBody_isRefused_andStoresNothing(String body) {
            api.sendPost(15, null, body)
                    .expectStatus()
                    .isBadRequest()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);

            assertThat(api.pages("/v1/users/15/posts", 100)).isEmpty();
        }

        @Test
        void bodyOver64KiB_isRefused() {
            api.sendPost(15, null, "{\"content\":\"" + "a".repeat(70_000) + "\"}")
                    .expectStatus()
                    .isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/posts/abc",
                    "/v1/posts/-1",
                    "/v1/posts/9223372036854775808",
                    "/v1/users/0/posts",
                    "/v1/posts?limit=0",
                    "/v1/posts?limit=101",
                    "/v1/posts?cursor=tampered",
                    "/v1/posts?cursor=%00",
                    "/v1/metrics?ids=",
                    "/v1/metrics?ids=1,x"
                })
        void malformedQuestion_isABadRequest(String path) {
            api.as(1).get().uri(URI.create(path)).exchange().expectStatus().isBadRequest();
        }
    }

    @Nested
    class Comments {

        @Test
        void comment_isListedAndCounted() {
            String post = api.post(20, "commented");

            api.comment(21, post, "first").expectStatus().isCreated();
            api.comment(22, post, "second").expectStatus().isCreated();

            assertThat(api.pages("/v1/posts/" + post + "/comments", 1)).hasSize(2);
            assertThat(api.count(post, "comments")).isEqualTo(2);
        }

        @Test
        void unknownPost_hasNoComments() {
            api.comment(21, "424242", "lost").expectStatus().isNotFound();
            api.as(21)
                    .get()
                    .uri("/v1/posts/424242/comments")
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }
}
