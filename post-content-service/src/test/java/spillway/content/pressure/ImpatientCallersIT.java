package spillway.content.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/** A shard stops answering, and its callers say how long they wait. */
@RealServers({Server.POSTGRES, Server.KAFKA})
class ImpatientCallersIT {

    private static final String TIMEOUT = "Spillway-Timeout";
    private static final int STALLED = 3;
    private static final String POST = "{\"content\":\"late\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** With what a machine under test takes for itself; without a deadline they would wait for seconds. */
    private static final Duration ANSWERED = Duration.ofMillis(900);

    @Test
    void nobodyWaitsPastTheDeadline_andWhatExpiredWasNotDone(Servers servers) {
        Storage storage = Storage.create(servers);
        try (Wire wire = storage.wireTo(STALLED)) {
            wire.mend();
            // Never opened by what this test does, so that callers do wait.
            try (TestService service =
                    TestService.start(servers, storage.with(STALLED, wire), "spillway.content.breaker.hangs=10000")) {
                Api api = service.api();
                UserId user = Users.onShard(STALLED);
                String seen = api.publish(user, "seen");
                assertThat(api.get(user, "/v1/posts/" + seen, TIMEOUT, "20000").status())
                        .isEqualTo(200);
                assertThat(api.post(user, "/v1/posts", POST, TIMEOUT, "0").status())
                        .isEqualTo(400);
                pressureIsLow(api);

                wire.stall();
                List<Answer> answers = new ArrayList<>();
                for (String path : List.of("batched", "single")) {
                    api.useInsertPath(path);
                    answers.add(inTime(() -> api.post(user, "/v1/posts", POST, TIMEOUT, "200")));
                    answers.add(inTime(() -> api.post(user, "/v1/posts", POST, TIMEOUT, "200")));
                    answers.add(inTime(() -> api.post(user, "/v1/posts/" + seen + "/comments", POST, TIMEOUT, "200")));
                }
                assertThat(answers).allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.header("Retry-After")).matches("[1-3]");
                    assertThat(answer.text("type"))
                            .isIn("urn:spillway:problem:deadline-expired", "urn:spillway:problem:outcome-unknown");
                });
                // On the single path it is always known that nothing was done.
                assertThat(answers.subList(3, 6))
                        .allSatisfy(answer ->
                                assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:deadline-expired"));
                Answer read = inTime(() -> api.get(user, "/v1/posts/" + seen, TIMEOUT, "200"));
                assertThat(read.status()).isEqualTo(504);
                assertThat(read.text("type")).isEqualTo("urn:spillway:problem:deadline-exceeded");
                assertThat(inTime(() -> api.get(user, "/v1/posts", TIMEOUT, "200"))
                                .status())
                        .isEqualTo(504);

                wire.calm();
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> api.get(user, "/v1/posts/" + seen).status() == 200);
                long unknownPosts = unknown(answers.subList(0, 2));
                await().during(Duration.ofSeconds(2))
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(api.get(user, "/v1/users/" + user + "/posts")
                                        .ids()
                                        .size())
                                .isLessThanOrEqualTo(1 + (int) unknownPosts));
                assertThat(api.get(user, "/v1/posts/" + seen + "/comments")
                                .ids()
                                .size())
                        .isLessThanOrEqualTo((int) unknown(answers.subList(2, 3)));
            }
        }
    }

    @Test
    void aShardThatIsAway_isToldAsAShareOfAll(Servers servers) {
        Storage storage = Storage.create(servers);
        try (Wire wire = storage.wireTo(STALLED)) {
            wire.mend();
            try (TestService service = TestService.start(servers, storage.with(STALLED, wire))) {
                Api api = service.api();
                UserId user = Users.onShard(STALLED);
                api.publish(user, "seen");
                wire.cut();

                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(api.post(user, "/v1/posts", POST).status()).isEqualTo(503);
                    assertThat(pressure(api).json().path("shardsAway").asDouble())
                            .isEqualTo(1.0 / Users.SHARDS);
                });
            }
        }
    }

    private static long unknown(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.text("type").endsWith("outcome-unknown"))
                .count();
    }

    private static Answer pressure(Api api) {
        return api.send("GET", null, "/pressure", null);
    }

    private static void pressureIsLow(Api api) {
        Answer pressure = pressure(api);
        assertThat(pressure.status()).isEqualTo(200);
        assertThat(pressure.json().propertyNames()).containsExactlyInAnyOrder("storeMillis", "shardsAway", "waiting");
        assertThat(pressure.json().path("shardsAway").asDouble(-1)).isZero();
        assertThat(pressure.json().path("waiting").asDouble(-1)).isBetween(0.0, 0.5);
        assertThat(pressure.json().path("storeMillis").asDouble(-1)).isPositive();
    }

    private static Answer inTime(Supplier<Answer> request) {
        long began = System.nanoTime();
        Answer answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as(answer.toString())
                .isLessThan(ANSWERED);
        return answer;
    }
}
