package spillway.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Callers are told apart by what the test's proxy, which is loopback, says of them; nobody is exempt. */
@TestPropertySource(
        properties = {
            "spillway.gateway.edge.enabled=false",
            "spillway.gateway.quota.exempt=",
            "spillway.gateway.quota.posts.per-second=1",
            "spillway.gateway.quota.posts.burst=3",
            "spillway.gateway.quota.likes.per-second=1",
            "spillway.gateway.quota.likes.burst=5",
            "spillway.gateway.quota.users-per-address=4"
        })
class QuotaIT extends EdgeBatchingFixture {

    private static final String LIKE = "/v1/posts/7/like";

    QuotaIT(@Autowired MeterRegistry meters) {
        super(meters);
    }

    @Test
    void aUserOverItsQuota_isRefused_andOthersAreNot() {
        assertRefusesTheSixthLike(1001);
        assertThat(like(token(1002), "203.0.113.1").statusCode()).isEqualTo(202);
    }

    @Test
    void aUserOverItsQuota_isRefusedAlike_whereLikesAreNotBatched() {
        switchEdge(false);
        assertRefusesTheSixthLike(1003);
    }

    private void assertRefusesTheSixthLike(long user) {
        String token = token(user);
        double shed = shed("like", "user_quota");
        double booked = booked("like");

        HttpResponse<String> first = like(token, "203.0.113.1");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"user-likes\";q=5;w=5");
        assertThat(first.headers().firstValue("RateLimit"))
                .hasValueSatisfying(limit -> assertThat(limit).startsWith("\"user-likes\";r=4;t="));
        HttpResponse<String> refused = IntStream.range(0, 20)
                .mapToObj(i -> like(token, "203.0.113.1"))
                .filter(response -> response.statusCode() != 202)
                .findFirst()
                .orElseThrow();

        assertProblem(refused, 429, "too-many-requests");
        assertThat(refused.headers().firstValue("RateLimit")).hasValue("\"user-likes\";r=0;t=1");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 3);
        assertThat(shed("like", "user_quota") - shed).isPositive();
        assertThat(booked("like") - booked).isEqualTo(shed("like", "user_quota") - shed);
    }

    @Test
    void anAddressOverItsQuota_isRefused_beforeItsTokenIsLookedAt() {
        double shed = shed("post", "address_quota");
        double booked = booked("post");
        HttpResponse<String> refused = IntStream.range(0, 40)
                .mapToObj(i -> post("no token", "203.0.113.3"))
                .filter(response -> response.statusCode() != 401)
                .findFirst()
                .orElseThrow();

        assertProblem(refused, 429, "too-many-requests");
        assertThat(refused.headers().firstValue("RateLimit-Policy")).hasValue("\"address-posts\";q=12;w=3");
        assertThat(refused.headers().firstValue("RateLimit"))
                .hasValueSatisfying(limit -> assertThat(limit).startsWith("\"address-posts\";r=0;t="));
        assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 3);
        assertThat(shed("post", "address_quota") - shed).isEqualTo(1);
        assertThat(booked("post") - booked).isEqualTo(1);
        assertThat(post("no token", "203.0.113.4").statusCode()).isEqualTo(401);
        // Of its other classes, the address has all its quota.
        assertThat(like(token(1005), "203.0.113.3").statusCode()).isEqualTo(202);
    }

    /** Or everybody would be somebody new with each request. */
    @Test
    void whatACallerClaimsBeforeTheProxysWord_changesNothing() {
        long refused = IntStream.range(0, 40)
                .mapToObj(i -> post("no token", "198.51.100." + i + ", 203.0.113.5"))
                .filter(response -> response.statusCode() == 429)
                .count();

        assertThat(refused).isPositive();
    }

    @Test
    void aProblemOfTheGateway_saysWhatIsLeft_andNothingOfTheAnswerThatBrokeOff() {
        switchEdge(false);
        METRICS.answers(HttpExchange::close);

        HttpResponse<String> unknown = like(token(1007), "203.0.113.7");

        assertProblem(unknown, 503, "outcome-unknown");
        assertThat(unknown.headers().firstValue("RateLimit-Policy")).hasValue("\"user-likes\";q=5;w=5");
        assertThat(unknown.headers().allValues("RateLimit"))
                .singleElement()
                .satisfies(limit -> assertThat(limit).startsWith("\"user-likes\";r=4;t="));
    }

    @Test
    void aTrustedEdge_hasNoQuotaOfItsOwn() {
        String token = json(send("POST", "/dev/token", "{\"userId\":\"1006\",\"scopes\":[\"ingest\"]}", asJson()))
                .path("token")
                .stringValue();

        assertThat(IntStream.range(0, 15).mapToObj(i -> like(token, "203.0.113.6")))
                .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(202))
                .allSatisfy(response ->
                        assertThat(response.headers().firstValue("RateLimit")).isEmpty());
    }

    private HttpResponse<String> like(String token, String forwardedFor) {
        return send("PUT", LIKE, "", caller(token, forwardedFor));
    }

    private HttpResponse<String> post(String token, String forwardedFor) {
        return send("POST", "/v1/posts", "{}", caller(token, forwardedFor));
    }

    private static UnaryOperator<HttpRequest.Builder> caller(String token, String forwardedFor) {
        return request -> request.header("Authorization", "Bearer " + token).header("X-Forwarded-For", forwardedFor);
    }

    private double booked(String traffic) {
        return requireNonNull(books(traffic).get("shed"));
    }

    private double shed(String traffic, String reason) {
        return meters().get("spillway.gateway.shed")
                .tags("class", traffic, "reason", reason)
                .functionCounter()
                .count();
    }
}
