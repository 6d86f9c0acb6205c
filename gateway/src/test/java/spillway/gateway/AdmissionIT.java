package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The running gateway under pressure of post-metrics-service, or before services that stall. */
class AdmissionIT extends EdgeBatchingFixture {

    private static final String COALESCED = "{\"status\":\"coalesced\"}";
    private static final String DROWNING = """
            {"producerBuffer":1.0,"oldestLikeMillis":90000,"backlog":20000,"drainPerSecond":1000,"storeMillis":5}""";

    AdmissionIT(@Autowired MeterRegistry meters) {
        super(meters);
    }

    @AfterEach
    void calm() {
        METRICS.reset();
        CONTENT.reset();
        switchAdmission(true);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> level() == 0);
    }

    @Test
    void likesAreRefusedUnderPressure_withTheTimeTheBacklogNeeds_andPostsAreNot() {
        drown();
        Map<String, Double> likes = books("like");

        HttpResponse<String> like = send("PUT", "/v1/posts/7/like");

        assertProblem(like, 429, "too-many-requests");
        assertThat(Integer.parseInt(like.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(20, 31);
        assertThat(like.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(like.headers().allValues("Date")).hasSize(1);
        assertProblem(send("POST", "/v1/posts/7/shares"), 429, "too-many-requests");
        assertProblem(send("POST", "/v1/likes", "{}", bearer(token())), 429, "too-many-requests");
        assertThat(send("POST", "/v1/posts", "{}", bearer(token())).statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/v1/posts/7/comments", "{}", bearer(token())).statusCode())
                .isEqualTo(200);
        assertThat(get("/v1/posts/7").statusCode()).isEqualTo(200);
        assertGrown(likes, books("like"), Map.of("offered", 2.0, "shed", 2.0));
        assertThat(METRICS.seen()).isEmpty();
        assertThat(shed("like", "level")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void viewsAreSampledUnderPressure_withWeightsThatStandForAllOfThem() {
        drown();
        Map<String, Double> before = books("view");
        List<HttpResponse<String>> views = IntStream.range(0, 300)
                .mapToObj(i -> send("POST", "/v1/posts/7/views", "", bearer(token(1_000 + i))))
                .toList();

        assertThat(views).allMatch(view -> view.statusCode() == 202);
        long sampled = views.stream()
                .filter(view -> view.body().equals("{\"status\":\"sampled\"}"))
                .count();
        List<JsonNode> sent =
                batches("views").stream().flatMap(JsonNode::valueStream).toList();
        assertThat(sent)
                .hasSize(300 - (int) sampled)
                .allMatch(view -> view.path("weight").intValue() == 10);
        assertThat(sampled).isBetween(230L, 295L);
        assertGrown(
                before, books("view"), Map.of("offered", 300.0, "shed", (double) sampled, "accepted", 300.0 - sampled));
    }

    @Test
    void viewsThatCannotCarryAWeight_areRefusedBeforeLikesAre() {
        drown();

        assertProblem(send("POST", "/v1/posts/7/views", "{}", bearer(token())), 429, "too-many-requests");
        assertProblem(send("POST", "/v1/views", "{}", bearer(token())), 429, "too-many-requests");
    }

    @Test
    void aRepeatedView_isCoalescedUnderPressure() {
        holdWhereViewsCoalesce();
        Map<String, Double> before = books("view");

        List<String> bodies = viewsOfOneUser(20);

        assertThat(bodies.stream().filter(COALESCED::equals)).hasSize(19);
        assertThat(batches("views").stream().flatMap(JsonNode::valueStream)).hasSize(1);
        assertGrown(before, books("view"), Map.of("offered", 20.0, "shed", 19.0, "accepted", 1.0));
    }

    @Test
    void aRepeatedView_countsWhereItStandsForOthers() {
        drown();

        List<String> bodies = viewsOfOneUser(200);

        assertThat(bodies).doesNotContain(COALESCED);
        long sampled =
                bodies.stream().filter("{\"status\":\"sampled\"}"::equals).count();
        assertThat(batches("views").stream().flatMap(JsonNode::valueStream))
                .hasSize(200 - (int) sampled)
                .allMatch(view -> view.path("weight").intValue() == 10);
    }

    @Test
    void afterThePressure_everybodyIsLetInAgain() {
        drown();
        METRICS.isUnder("{\"producerBuffer\":0.0,\"oldestLikeMillis\":0}");

        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> level() == 0);
        assertThat(send("PUT", "/v1/posts/7/like").statusCode()).isEqualTo(202);
    }

    @Test
    void switchedOff_itLetsEverybodyIn() {
        drown();
        switchAdmission(false);

        assertThat(send("PUT", "/v1/posts/7/like").statusCode()).isEqualTo(202);
    }

    @Test
    void aStalledContentService_takesNothingFromLikes() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CONTENT.answers(exchange -> {
            await(stalled);
            FakeService.reply(exchange, 201, Map.of(), "{}");
        });
        List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
        String token = token();
        for (int i = 0; i < 250; i++) {
            posts.add(async(new Request("POST", "/v1/posts", token)));
        }
        // Where this machine halts for a while, those that content has may be given up first: they are not meant.
        HttpResponse<String> refused = Awaitility.await()
                .until(
                        () -> posts.stream()
                                .filter(CompletableFuture::isDone)
                                .map(CompletableFuture::join)
                                .filter(post -> !post.body().contains("outcome-unknown"))
                                .findAny(),
                        Optional::isPresent)
                .orElseThrow();
        assertProblem(refused, 503, "unavailable");

        assertThat(IntStream.range(0, 50)
                        .map(i -> send("PUT", "/v1/posts/7/like").statusCode()))
                .containsOnly(202);
        stalled.countDown();
        posts.forEach(CompletableFuture::join);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "1.5", "9e9", "-99999999999999999999"})
    void aForgedDeadline_isABadRequest_andInTheBooks(String value) {
        Map<String, Double> before = books("like");

        assertProblem(send("PUT", "/v1/posts/7/like", "", patience(value)), 400, "invalid-request");

        assertGrown(before, books("like"), Map.of("offered", 1.0, "rejected", 1.0));
        assertThat(METRICS.seen()).isEmpty();
    }

    @Test
    void aHugeDeadline_isAMinute_andIsPassedOnAsWhatIsLeft() {
        assertThat(send("POST", "/v1/posts", "{}", patience("999999999999999999999"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(CONTENT.seen())
                .singleElement()
                .satisfies(seen -> assertThat(Integer.parseInt(seen.headers().getFirst("Spillway-Timeout")))
                        .isBetween(30_000, 60_000));
    }

    @Test
    void aWriteWithoutADeadline_isPassedOnWithoutOne() {
        send("POST", "/v1/posts", "{}", bearer(token()));
        assertThat(CONTENT.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.headers()).doesNotContainKey("Spillway-timeout"));
    }

    @Test
    void aServiceThatIsSilentPastTheDeadline_leavesAWriteUnknown_andAReadLate() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CONTENT.answers(exchange -> await(never));
        long start = System.nanoTime();

        assertUnknown(send("POST", "/v1/posts", "{}", patience("300")));
        assertProblem(send("GET", "/v1/posts/7", "", patience("300")), 504, "deadline-exceeded");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_900));
        never.countDown();
    }

    @Test
    void aLikeInABatchThatIsSilentPastTheDeadline_isUnknown_andOneThatWasNotSent_isExpired() {
        Map<String, Double> before = books("like");
        String token = token();
        Held held = hold(new Request("PUT", "/v1/posts/1/like", token(1)));

        HttpResponse<String> waiting = send("PUT", "/v1/posts/7/like", "", patience(token, "200"));

        assertProblem(waiting, 503, "deadline-expired");
        assertThat(waiting.headers().firstValue("Retry-After")).isPresent();
        held.letGo();
        assertThat(METRICS.seen()).hasSize(1);
        CountDownLatch never = new CountDownLatch(1);
        METRICS.answers(exchange -> await(never));
        assertUnknown(send("PUT", "/v1/posts/7/like", "", patience(token, "200")));
        never.countDown();
        assertGrown(before, books("like"), Map.of("offered", 3.0, "accepted", 1.0, "shed", 1.0, "unknown", 1.0));
        assertThat(shed("like", "expired")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void forgedClassesAndAddresses_changeNothing() {
        drown();

        assertProblem(
                send(
                        "PUT",
                        "/v1/posts/7/like",
                        "",
                        request -> bearer(token())
                                .apply(request)
                                .header("X-Traffic-Class", "post")
                                .header("Priority", "u=0")
                                .header("X-HTTP-Method-Override", "POST")
                                .header("X-Forwarded-For", "10.0.0.1")),
                429,
                "too-many-requests");
    }

    /** As routing reads it, it is a like. */
    @Test
    void aLikeWrittenInAnotherWay_isRefusedAsOne() {
        drown();
        Map<String, Double> before = books("like");

        assertProblem(send("PUT", "/v1/posts/7/lik%65"), 429, "too-many-requests");
        assertProblem(send("PUT", "/v%31/posts/7/like"), 429, "too-many-requests");

        assertGrown(before, books("like"), Map.of("offered", 2.0, "shed", 2.0));
        assertThat(METRICS.seen()).isEmpty();
    }

    /** Whether it was sent by then cannot be told from outside, and is no difference to a read. */
    @Test
    void aReadPastItsDeadline_isLate_whereverItIs() {
        CountDownLatch never = new CountDownLatch(1);
        CONTENT.answers(exchange -> await(never));

        for (int i = 0; i < 20; i++) {
            assertProblem(send("GET", "/v1/posts/7", "", patience("1")), 504, "deadline-exceeded");
        }

        never.countDown();
    }

    @Test
    void aRefusedConnection_canBeUsedAgain_unlessItsBodyIsLarge() {
        drown();
        String like = "POST /v1/posts/7/shares HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
        String last = "POST /v1/posts/7/shares HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n";

        String answers = raw(like + like + last);

        assertThat(answers.split("HTTP/1.1 429", -1)).hasSize(4);
        assertThat(answers).containsIgnoringCase("connection: close");
    }

    @Test
    void aRefusalOfHead_hasNoBody() {
        String head = "HEAD /v1/posts/7 HTTP/1.1\r\nHost: x\r\nSpillway-Timeout: no\r\n\r\n";
        String last = "GET /v1/posts/7 HTTP/1.1\r\nHost: x\r\nSpillway-Timeout: no\r\nConnection: close\r\n\r\n";

        String answers = raw(head + last);

        assertThat(answers.split("HTTP/1.1 400", -1)).hasSize(3);
        assertThat(answers.split("invalid-request", -1)).hasSize(2);
    }

    @Test
    void operators_seeLevelLimitsSignalsAndThresholds_andWhatWasShed() {
        drown();
        send("PUT", "/v1/posts/7/like");

        JsonNode state = json(manage("admission"));
        assertThat(state.path("enabled").booleanValue()).isTrue();
        assertThat(state.path("level").doubleValue()).isEqualTo(2);
        assertThat(state.at("/lanes/content/limit").intValue()).isPositive();
        assertThat(state.at("/metrics/backlog").doubleValue()).isEqualTo(20_000);
        assertThat(state.at("/rules/ladder/mostWeight").intValue()).isEqualTo(10);
        assertThat(json(manage("shed")).at("/minutes/0/shed").isEmpty()).isFalse();
    }

    @Test
    void theLedger_holdsWhatTheGatewayRefused_andTheAnswersAlsoWhatAServiceDid() {
        double shed = shed("post", "level") + shed("post", "limit") + shed("post", "queue_full");
        long answered = answered("post");
        CONTENT.answers(exchange -> FakeService.reply(exchange, 503, Map.of("Retry-After", "1"), "{}"));

        send("POST", "/v1/posts", "{}", bearer(token()));

        assertThat(shed("post", "level") + shed("post", "limit") + shed("post", "queue_full"))
                .isEqualTo(shed);
        assertThat(answered("post")).isEqualTo(answered + 1);

        long likes = answered("like");
        drown();
        send("PUT", "/v1/posts/7/like");
        assertThat(answered("like")).isEqualTo(likes + 1);
    }

    private void drown() {
        METRICS.isUnder(DROWNING);
        Awaitility.await().until(() -> level() == 2);
    }

    /** A signal slightly above its goal raises the level slowly, and at its goal leaves it where it is. */
    private void holdWhereViewsCoalesce() {
        METRICS.isUnder("{\"storeMillis\":1050}");
        Awaitility.await().until(() -> level() > 0.12);
        METRICS.isUnder("{\"storeMillis\":1000}");
    }

    private List<String> viewsOfOneUser(int views) {
        String token = token(77);
        return IntStream.range(0, views)
                .mapToObj(i ->
                        send("POST", "/v1/posts/8/views", "", bearer(token)).body())
                .toList();
    }

    private double level() {
        return meters().get("spillway.gateway.admission.level").gauge().value();
    }

    private double shed(String traffic, String reason) {
        return meters().get("spillway.gateway.shed")
                .tags("class", traffic, "reason", reason)
                .functionCounter()
                .count();
    }

    private long answered(String traffic) {
        return json(manage("shed"))
                .path("answered")
                .valueStream()
                .filter(line -> line.path("traffic").stringValue().equals(traffic))
                .mapToLong(line -> line.path("count").longValue())
                .sum();
    }

    private HttpResponse<String> manage(String endpoint) {
        return send(managementPort(), "GET", "/actuator/" + endpoint, "", request -> request);
    }

    private void switchAdmission(boolean on) {
        assertThat(send(managementPort(), "POST", "/actuator/admission", "{\"enabled\":" + on + "}", asJson())
                        .statusCode())
                .isEqualTo(200);
    }

    private UnaryOperator<HttpRequest.Builder> patience(String millis) {
        return patience(token(), millis);
    }

    private static UnaryOperator<HttpRequest.Builder> patience(String token, String millis) {
        return request -> bearer(token).apply(request).header("Spillway-Timeout", millis);
    }

    private static void assertGrown(Map<String, Double> before, Map<String, Double> after, Map<String, Double> by) {
        after.replaceAll((outcome, count) -> count - before.getOrDefault(outcome, 0.0));
        after.values().removeIf(count -> count == 0);
        assertThat(after).isEqualTo(by);
    }

    private static void await(CountDownLatch latch) {
        try {
            var unused = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
