package spillway.metrics.engage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.metrics.receipt.Receipt;
import spillway.metrics.receipt.Receipts;
import spillway.metrics.testing.CatchUp;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.counters.CounterFamily;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** The service over HTTP, on a real log and a real Redis. */
@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngagementIT {

    private final FakeContent content = new FakeContent();
    private final Servers servers;
    private final TestService service;
    private final CatchUp likes;
    private final CatchUp shares;

    EngagementIT(Servers servers) {
        this.servers = servers;
        this.service = TestService.start(servers, content);
        this.likes = new CatchUp(servers, CounterFamily.LIKES);
        this.shares = new CatchUp(servers, CounterFamily.SHARES);
    }

    @BeforeAll
    void posts() {
        for (long post = 1; post <= 50; post++) {
            content.has(post);
        }
    }

    @AfterAll
    void stop() {
        likes.close();
        shares.close();
        service.close();
        content.close();
    }

    @Test
    void aLike_isAcceptedWithAReceipt_andAppliedOnceItIsCounted() {
        Answer accepted = service.put(7, "/v1/posts/1/like");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("status")).isEqualTo("accepted");
        assertThat(accepted.number("drainEstimateMillis")).isPositive();
        String write = "/v1/writes/" + accepted.text("receipt");
        assertThat(accepted.response().headers().firstValue("Location")).contains(write);

        assertThat(service.get(7, write).text("status")).isEqualTo("accepted");
        assertThat(service.get(7, "/v1/posts/1/like").json().path("liked").asBoolean())
                .isFalse();

        likes.now();
        assertThat(service.get(7, write).text("status")).isEqualTo("applied");
        assertThat(service.get(7, "/v1/posts/1/like").json().path("liked").asBoolean())
                .isTrue();
        assertThat(service.get(8, "/v1/posts/1/like").json().path("liked").asBoolean())
                .isFalse();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get(7, "/v1/posts/1/metrics").number("likes", "value") == 1);
    }

    @Test
    void aLikeWithASequence_isAccepted() {
        assertThat(service.put(7, "/v1/posts/49/like?seq=9223372036854775807").status())
                .isEqualTo(202);
    }

    @Test
    void aLikeTakenBack_countsNothing() {
        service.put(7, "/v1/posts/2/like");
        service.put(8, "/v1/posts/2/like");
        Answer unliked = service.delete(7, "/v1/posts/2/like");
        likes.now();

        Answer metrics = service.get(7, "/v1/posts/2/metrics?after=" + unliked.text("receipt"));
        assertThat(metrics.number("likes", "value")).isEqualTo(1);
    }

    @Test
    void aReceiptWaitedFor_isAnsweredWhenTheWriteIsApplied() {
        Answer accepted = service.put(9, "/v1/posts/3/like");
        Thread.ofVirtual().start(likes::now);

        assertThat(service.get(9, "/v1/writes/" + accepted.text("receipt") + "?wait=5s")
                        .text("status"))
                .isEqualTo("applied");
    }

    @Test
    void aWaitThatIsTooShort_endsAccepted() {
        Answer accepted = service.put(10, "/v1/posts/3/like");

        assertThat(service.get(10, "/v1/writes/" + accepted.text("receipt") + "?wait=50ms")
                        .text("status"))
                .isEqualTo("accepted");
        likes.now();
    }

    @Test
    void aDeadLettersReceipt_saysRejected() {
        Answer accepted = service.put(11, "/v1/posts/4/like");
        Receipt receipt =
                service.bean(Receipts.class).read(accepted.text("receipt")).orElseThrow();
        likes.reject(receipt.partition(), receipt.offset());
        likes.now();

        assertThat(service.get(11, "/v1/writes/" + accepted.text("receipt")).text("status"))
                .isEqualTo("rejected");
    }

    @Test
    void anotherUsersReceipt_isNotFound() {
        String receipt = service.put(12, "/v1/posts/4/like").text("receipt");

        assertThat(service.get(13, "/v1/writes/" + receipt).status()).isEqualTo(404);
        assertThat(service.get(12, "/v1/writes/" + receipt.substring(1) + "A").status())
                .isEqualTo(404);
        assertThat(service.get(13, "/v1/posts/4/metrics?after=" + receipt).status())
                .isEqualTo(404);
    }

    @Test
    void aShareSentTwiceWithOneKey_countsOnce_andWithoutKeyEachTime() {
        service.post(7, "/v1/posts/5/shares", "Idempotency-Key", "k1");
        service.post(7, "/v1/posts/5/shares", "Idempotency-Key", "k1");
        service.post(8, "/v1/posts/5/shares", "Idempotency-Key", "k1");
        service.post(7, "/v1/posts/5/shares");
        Answer last = service.post(7, "/v1/posts/5/shares");
        assertThat(last.status()).isEqualTo(202);
        shares.now();

        assertThat(service.get(7, "/v1/posts/5/metrics?after=" + last.text("receipt"))
                        .number("shares", "value"))
                .isEqualTo(4);
    }

    @Test
    void views_areCountedSoon_andTheirViewersOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(service.post(7, "/v1/posts/6/views").status()).isEqualTo(202);
        }
        service.post(8, "/v1/posts/6/views");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get(7, "/v1/posts/6/metrics").number("views", "value") == 4);
        assertThat(service.get(7, "/v1/posts/6/metrics").number("uniqueViewers", "value"))
                .isEqualTo(2);
    }

    @Test
    void metricsOfManyPosts_leaveOutThoseThatDoNotExist() {
        service.put(7, "/v1/posts/20/like");
        likes.now();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            Answer metrics = service.get(7, "/v1/metrics?ids=21,999,20");
            assertThat(metrics.json()
                            .path("items")
                            .valueStream()
                            .map(item -> item.path("postId").asString()))
                    .containsExactly("21", "20");
            assertThat(metrics.json()
                            .path("items")
                            .path(1)
                            .path("likes")
                            .path("value")
                            .asLong())
                    .isEqualTo(1);
            assertThat(metrics.json()
                            .path("items")
                            .path(1)
                            .path("likes")
                            .path("asOf")
                            .asString())
                    .endsWith("Z");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /v1/posts/999/like,              404",
        "DELETE, /v1/posts/999/like,              404",
        "GET,    /v1/posts/999/like,              404",
        "POST,   /v1/posts/999/views,             404",
        "POST,   /v1/posts/999/shares,            404",
        "GET,    /v1/posts/999/metrics,           404",
        "PUT,    /v1/posts/0/like,                400",
        "PUT,    /v1/posts/-1/like,               400",
        "PUT,    /v1/posts/01/like,               400",
        "PUT,    /v1/posts/1e3/like,              400",
        "PUT,    /v1/posts/%7B1%7D/like,          400",
        "PUT,    /v1/posts/9223372036854775808/like, 400",
        "PUT,    /v1/posts/1/like?seq=0,          400",
        "DELETE, /v1/posts/1/like?seq=-1,         400",
        "PUT,    /v1/posts/1/like?seq=1.5,        400",
        "PUT,    /v1/posts/1/like?seq=9223372036854775808, 400",
        "POST,   /v1/posts/1/like,                405",
        "GET,    /v1/metrics,                     400",
        "GET,    /v1/metrics?ids=x,               400",
        "GET,    /v1/writes/nonsense,             404",
        "GET,    /v1/writes/nonsense?wait=long,   400",
        "GET,    /v1/nothing,                     404",
    })
    void whatCannotBeMeant_isA4xxProblem(String method, String path, int status) {
        Answer answer = service.send(method, TestService.token(7), path, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("type")).startsWith("urn:spillway:problem:");
    }

    @Test
    void withoutAToken_nothingIsAccepted() {
        assertThat(service.send("PUT", null, "/v1/posts/1/like", null).status()).isEqualTo(401);
        assertThat(service.send("PUT", "forged", "/v1/posts/1/like", null).status())
                .isEqualTo(401);
    }

    @Test
    void tooManyIds_areRefused() {
        assertThat(service.get(7, "/v1/metrics?ids=" + "1,".repeat(100) + "1").status())
                .isEqualTo(400);
    }

    @Test
    void aKeyThatIsNoKey_isRefused() {
        assertThat(service.post(7, "/v1/posts/1/shares", "Idempotency-Key", "x".repeat(256))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPostOnceKnown_isNotAskedForAgain() {
        service.put(7, "/v1/posts/30/like");
        int asked = content.asked();
        for (int i = 0; i < 5; i++) {
            service.put(7, "/v1/posts/30/like");
        }

        assertThat(content.asked()).isEqualTo(asked);
    }

    @Test
    void whileNobodyCanSayWhetherThePostExists_nothingIsAccepted() {
        content.breakDown(true);
        try {
            Answer refused = service.put(7, "/v1/posts/31/like");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("type")).isEqualTo("urn:spillway:problem:unavailable");
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        } finally {
            content.breakDown(false);
        }
        assertThat(service.put(7, "/v1/posts/31/like").status()).isEqualTo(202);
    }

    @Test
    void withoutAReceiptsKey_theServiceDoesNotStart() {
        assertThatThrownBy(() -> TestService.starting(servers, Map.of()).close())
                .rootCause()
                .hasMessageContaining("spillway.receipts.key is not set");
    }

    @Test
    void theApi_describesItself() {
        Answer api = service.send("GET", null, "/v3/api-docs", null);

        assertThat(api.status()).isEqualTo(200);
        assertThat(api.json().path("paths").has("/v1/posts/{id}/like")).isTrue();
    }
}
