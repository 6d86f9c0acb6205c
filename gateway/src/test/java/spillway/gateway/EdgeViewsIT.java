package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Where views differ from likes, and that they are batched at all; what they share is tested with likes. */
class EdgeViewsIT extends EdgeBatchingFixture {

    EdgeViewsIT(@Autowired MeterRegistry meters) {
        super(meters);
    }

    @Test
    void aView_isAnsweredAsIfItHadBeenSentAlone() {
        HttpResponse<String> response = send("POST", "/v1/posts/7/views");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
        assertThat(METRICS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.uri()).hasToString("/v1/views");
            assertThat(seen.body()).isEqualTo("{\"views\":[{\"postId\":\"7\",\"userId\":\"42\"}]}");
        });
    }

    @Test
    void aView_isAnsweredWithTheHeadersOfEveryAnswer() {
        Map<String, List<String>> batched =
                send("POST", "/v1/posts/7/views").headers().map();
        switchEdge(false);
        METRICS.answers(exchange -> {
            // What the service answers to a view that is sent alone.
            exchange.getResponseHeaders().set("Content-Length", "0");
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });

        Map<String, List<String>> passedOn =
                send("POST", "/v1/posts/7/views").headers().map();

        switchOn();
        assertThat(batched.get("content-length")).isEqualTo(passedOn.get("content-length"));
        assertThat(batched.keySet())
                .isEqualTo(passedOn.keySet())
                .contains("date", "cache-control", "content-security-policy");
    }

    @Test
    void viewsAtTheSameTime_shareARequest_andEachCallerGetsItsOwnAnswer() {
        List<Request> requests = LongStream.rangeClosed(101, 130)
                .mapToObj(user ->
                        new Request("POST", "/v1/posts/" + (user % 5 == 0 ? "404" : "7") + "/views", token(user)))
                .toList();

        List<HttpResponse<String>> responses = together(requests);

        for (int i = 0; i < responses.size(); i++) {
            long user = 101L + i;
            HttpResponse<String> response = responses.get(i);
            if (user % 5 == 0) {
                assertProblem(response, 404, "not-found");
                assertThat(json(response).path("detail").stringValue()).isEqualTo("No such post for " + user + ".");
                assertThat(json(response).path("instance").stringValue()).isEqualTo("/v1/posts/404/views");
            } else {
                assertThat(response.statusCode()).isEqualTo(202);
                assertThat(response.body()).isEmpty();
            }
        }
        assertThat(batches("views")).extracting(JsonNode::size).containsExactly(1, requests.size());
    }

    @Test
    void theViewer_isTheTokensSubject_whateverTheRequestSays() {
        HttpResponse<String> response = send(
                "POST",
                "/v1/posts/7/views",
                "",
                request ->
                        bearer(token(5)).apply(request).header("X-User-Id", "6").header("userId", "6"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(batches("views").getFirst().path(0).path("userId").stringValue())
                .isEqualTo("5");
    }

    @Test
    void aLike_doesNotWaitBehindViews() {
        Held view = hold(new Request("POST", "/v1/posts/1/views", token(1)));
        CompletableFuture<HttpResponse<String>> waiting = async(new Request("POST", "/v1/posts/7/views", token(2)));
        awaitWaiting(1);
        METRICS.answers(EdgeBatchingFixture::ingest);

        assertThat(send("PUT", "/v1/posts/7/like").statusCode()).isEqualTo(202);
        assertThat(waiting).isNotDone();

        view.letGo();
        assertThat(waiting.join().statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/posts/07/views, '',  application/json",
        "POST, /v1/posts/x/views,  '',  application/json",
        "POST, /v1/posts/7/views?userId=5, '', application/json",
        "POST, /v1/posts/7/views,  {},  application/json",
        "POST, /v1/posts/7/views,  '',  text/plain",
        "GET,  /v1/posts/7/views,  '',  application/json",
        "PUT,  /v1/posts/7/views,  '',  application/json",
        "POST, /v1/posts/7/like,   '',  application/json",
        "POST, /v1/views,          '',  application/json"
    })
    void whatIsNoPlainView_passesOnUnchanged(String method, String path, String body, String accept) {
        METRICS.reset();

        send(method, path, body, request -> bearer(token()).apply(request).header("Accept", accept));

        assertThat(METRICS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.uri()).hasToString(path);
            assertThat(seen.body()).isEqualTo(body);
        });
    }

    @Test
    void withoutAValidToken_noViewGoesIntoABatch() {
        assertProblem(send("POST", "/v1/posts/7/views", "", request -> request), 401, "unauthenticated");
        assertProblem(send("POST", "/v1/posts/7/views", "", bearer(token() + "x")), 401, "unauthenticated");
        assertThat(METRICS.seen()).isEmpty();
    }

    @Test
    void switchedOff_viewsPassOnOneByOne_andSwitchedOnTheyAreBatchedAgain() {
        switchEdge(false);
        METRICS.answers(answers(202, Map.of(), ""));
        send("POST", "/v1/posts/7/views");
        assertThat(METRICS.seen().getLast().uri()).hasToString("/v1/posts/7/views");

        switchOn();
        send("POST", "/v1/posts/7/views");
        assertThat(METRICS.seen().getLast().uri()).hasToString("/v1/views");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"accepted\":0}", "{\"accepted\":2,\"rejected\":[]}"})
    void anAnswerThatDoesNotAddUp_isAnUnknownOutcome(String body) {
        METRICS.answers(answers(202, Map.of(), body));

        assertUnknown(send("POST", "/v1/posts/7/views"));
    }

    @Test
    void aViewThereIsNoRoomFor_tellsWhenToComeBack() {
        METRICS.answers(answers(202, Map.of(), """
                        {"accepted":0,"rejected":
                        [{"index":0,"status":503,"type":"urn:spillway:problem:unavailable","detail":"Not now."}]}"""));

        HttpResponse<String> response = send("POST", "/v1/posts/7/views");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void theBooksOfViewsBalance_whateverBecomesOfABatch() {
        Map<String, Double> before = books("view");
        Map<String, Double> likes = books("like");

        together(List.of(
                new Request("POST", "/v1/posts/7/views", token(2)),
                new Request("POST", "/v1/posts/404/views", token(3)),
                new Request("POST", "/v1/posts/7/views", token(4))));
        METRICS.answers(answers(503, Map.of("Retry-After", "1"), "{}"));
        assertProblem(send("POST", "/v1/posts/7/views"), 503, "unavailable");
        METRICS.answers(HttpExchange::close);
        assertUnknown(send("POST", "/v1/posts/7/views"));

        Map<String, Double> after = books("view");
        after.replaceAll((outcome, count) -> count - before.getOrDefault(outcome, 0.0));
        assertThat(after)
                .isEqualTo(Map.of(
                        "offered", 6.0, "accepted", 3.0, "rejected", 1.0, "shed", 1.0, "unknown", 1.0, "failed", 0.0));
        assertThat(books("like")).isEqualTo(likes);
    }
}
