package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class EdgeBatchingIT extends EdgeBatchingFixture {

    EdgeBatchingIT(@Autowired MeterRegistry meters) {
        super(meters);
    }

    @Test
    void aLike_isAnsweredAsIfItHadBeenSentAlone() {
        HttpResponse<String> response = send("PUT", "/v1/posts/7/like");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Location")).hasValue("/v1/writes/like-7-42");
        assertThat(response.body())
                .isEqualTo("{\"receipt\":\"like-7-42\",\"status\":\"accepted\",\"drainEstimateMillis\":300}");
        assertThat(METRICS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(seen.body()).isEqualTo("{\"likes\":[{\"postId\":\"7\",\"userId\":\"42\",\"op\":\"like\"}]}");
        });
    }

    @Test
    void aLike_isAnsweredWithTheHeadersOfEveryAnswer() {
        Set<String> batched = send("PUT", "/v1/posts/7/like").headers().map().keySet();
        switchEdge(false);
        METRICS.answers(answers(202, Map.of("Location", "/v1/writes/x", "Content-Type", "application/json"), "{}"));

        Set<String> passedOn = send("PUT", "/v1/posts/7/like").headers().map().keySet();

        switchOn();
        assertThat(passedOn).contains("date", "cache-control", "content-security-policy");
        assertThat(batched).isEqualTo(passedOn);
    }

    @Test
    void onThePortOfOperators_nothingIsBatched() {
        send(managementPort(), "PUT", "/v1/posts/7/like", "", bearer(token()));

        // The routes of the gateway know that port by its number, and here it is a random one: they may pass the like
        // on.
        assertThat(METRICS.seen()).noneMatch(seen -> seen.uri().getPath().equals("/v1/likes"));
    }

    @Test
    void aTamperedToken_isRefusedWithAChallenge_andNoLikeGoesIntoABatch() {
        HttpResponse<String> response = send("PUT", "/v1/posts/7/like", "", bearer(token() + "x"));

        assertProblem(response, 401, "unauthenticated");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(METRICS.seen()).isEmpty();
    }

    @Test
    void theBatch_isSentByTheGatewayItself_withATokenThatMayIngest() throws ParseException {
        send("DELETE", "/v1/posts/7/like");

        String authorization = METRICS.seen().getFirst().headers().getFirst("Authorization");
        assertThat(authorization).startsWith("Bearer ").isNotEqualTo("Bearer " + token());
        SignedJWT token = SignedJWT.parse(authorization.substring("Bearer ".length()));
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("ingest");
    }

    @Test
    void likesAtTheSameTime_shareARequest_andEachCallerGetsItsOwnAnswer() {
        List<Request> requests = LongStream.rangeClosed(101, 130)
                .mapToObj(user -> new Request(
                        user % 3 == 0 ? "DELETE" : "PUT",
                        "/v1/posts/" + (user % 5 == 0 ? "404" : "7") + "/like",
                        token(user)))
                .toList();

        List<HttpResponse<String>> responses = together(requests);

        for (int i = 0; i < responses.size(); i++) {
            long user = 101L + i;
            HttpResponse<String> response = responses.get(i);
            if (user % 5 == 0) {
                assertProblem(response, 404, "not-found");
                assertThat(json(response).path("detail").stringValue()).isEqualTo("No such post for " + user + ".");
                assertThat(json(response).path("instance").stringValue()).isEqualTo("/v1/posts/404/like");
            } else {
                String operation = user % 3 == 0 ? "unlike" : "like";
                assertThat(response.statusCode()).isEqualTo(202);
                assertThat(json(response).path("receipt").stringValue()).isEqualTo(operation + "-7-" + user);
                assertThat(response.headers().firstValue("Location"))
                        .hasValue("/v1/writes/" + operation + "-7-" + user);
            }
        }
        assertThat(batches("likes")).extracting(JsonNode::size).containsExactly(1, requests.size());
    }

    @Test
    void aCallerWhoGoesAwayWhileWaiting_isNotSent_andBookedAsUnknown() throws IOException {
        double unknown = unknownLikes();
        Held held = hold(new Request("PUT", "/v1/posts/1/like", token(1)));
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port())) {
            String request =
                    "PUT /v1/posts/7/like HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + token() + "\r\n\r\n";
            caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            awaitWaiting(1);
        }
        awaitWaiting(0);
        held.letGo();
        assertThat(batches("likes")).extracting(JsonNode::size).containsExactly(1);
        assertThat(unknownLikes()).isEqualTo(unknown + 1);
    }

    private double unknownLikes() {
        return meters().get("spillway.gateway.requests")
                .tags("class", "like", "outcome", "unknown")
                .counter()
                .count();
    }

    @Test
    void withoutAToken_noLikeGoesIntoABatch() {
        assertProblem(send("PUT", "/v1/posts/7/like", "", request -> request), 401, "unauthenticated");
        assertThat(METRICS.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /v1/posts/07/like, '',  application/json",
        "PUT,    /v1/posts/x/like,  '',  application/json",
        "PUT,    /v1/posts/7/like?seq=5, '', application/json",
        "PUT,    /v1/posts/7/like,  {},  application/json",
        "DELETE, /v1/posts/7/like,  '',  text/plain",
        "GET,    /v1/posts/7/like,  '',  application/json",
        "POST,   /v1/posts/7/like,  '',  application/json",
        "POST,   /v1/posts/7/shares, '', application/json",
        "PUT,    /v1/likes,         '',  application/json"
    })
    void whatIsNoPlainLike_passesOnUnchanged(String method, String path, String body, String accept) {
        METRICS.reset();

        send(method, path, body, request -> bearer(token()).apply(request).header("Accept", accept));

        assertThat(METRICS.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.uri()).hasToString(path);
            assertThat(seen.body()).isEqualTo(body);
        });
    }

    @Test
    void switchedOff_likesPassOnOneByOne_andSwitchedOnTheyAreBatchedAgain() {
        assertThat(edge().body()).isEqualTo("{\"enabled\":true,\"active\":true}");

        assertThat(switchEdge(false).body()).isEqualTo("{\"enabled\":false,\"active\":false}");
        METRICS.answers(answers(202, Map.of(), "{}"));
        send("PUT", "/v1/posts/7/like");
        assertThat(METRICS.seen().getLast().uri()).hasToString("/v1/posts/7/like");

        switchOn();
        send("PUT", "/v1/posts/7/like");
        assertThat(METRICS.seen().getLast().uri()).hasToString("/v1/likes");
    }

    @Test
    void theSwitch_isNotOnThePublicPort() {
        assertProblem(send("POST", "/actuator/edgebatching"), 404, "not-found");
    }
}
