package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static spillway.gateway.GatewayFixture.asJson;
import static spillway.gateway.GatewayFixture.bearer;
import static spillway.gateway.GatewayFixture.json;
import static spillway.gateway.GatewayFixture.send;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A metrics service that is stopped: the kernel takes its connections and what is sent on them, and nobody reads. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spillway.gateway.dev-tokens.enabled=true",
            "spillway.gateway.edge.max-in-flight=2",
            "spillway.gateway.edge.max-likes=3",
            "spillway.gateway.edge.max-wait=1m",
            // Longer than the test's clients wait: only the deadline can answer them.
            "spring.cloud.gateway.server.webflux.httpclient.response-timeout=1m",
            "spillway.gateway.admission.poll=1h"
        })
class StoppedServiceIT {

    private static final ServerSocket DOOR = door();
    private static final int LIKES = 20;
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final MeterRegistry meters;

    @LocalServerPort
    private int port;

    StoppedServiceIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    private static ServerSocket door() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("spillway.gateway.metrics-url", () -> "http://127.0.0.1:" + DOOR.getLocalPort());
    }

    @Test
    void eachLikeIsAnsweredAtItsDeadline_asUnknownIfItWasSent_andElseAsExpired() {
        List<String> tokens = IntStream.range(0, LIKES).mapToObj(this::token).toList();

        List<CompletableFuture<HttpResponse<String>>> likes =
                tokens.stream().map(this::like).toList();
        Map<String, Long> answers = likes.stream()
                .map(CompletableFuture::join)
                .map(answer -> json(answer).path("type").stringValue())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        long unknown = answers.getOrDefault("urn:spillway:problem:outcome-unknown", 0L);
        long expired = answers.getOrDefault("urn:spillway:problem:deadline-expired", 0L);
        assertThat(unknown + expired).isEqualTo(LIKES);
        // Two batches of three at most.
        assertThat(unknown).isBetween(1L, 6L);
        assertThat(likes.stream()
                        .map(CompletableFuture::join)
                        .filter(answer ->
                                answer.headers().firstValue("Retry-After").isPresent()))
                .hasSize((int) expired);
        assertThat(booked("unknown")).isEqualTo((double) unknown);
        assertThat(booked("shed")).isEqualTo((double) expired);
    }

    private double booked(String outcome) {
        return meters.get("spillway.gateway.requests")
                .tags("class", "like", "outcome", outcome)
                .counter()
                .count();
    }

    private CompletableFuture<HttpResponse<String>> like(String token) {
        CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> answer.complete(send(
                        port,
                        "PUT",
                        "/v1/posts/7/like",
                        "",
                        request -> bearer(token)
                                .apply(request)
                                .header("Spillway-Timeout", Long.toString(PATIENCE.toMillis())))));
        return answer;
    }

    private String token(int user) {
        return json(send(port, "POST", "/dev/token", "{\"userId\":\"%d\"}".formatted(user + 1), asJson()))
                .path("token")
                .stringValue();
    }
}
