package spillway.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import spillway.analytics.chunk.PartitionRows;
import spillway.analytics.event.Event;
import spillway.analytics.event.Kind;
import spillway.analytics.store.EventStore;
import spillway.platform.security.DevTokens;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers({Server.CASSANDRA, Server.KAFKA})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(Tokens.class)
class SeriesIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);
    private final EventStore store;
    private final String token;
    private final URI base;

    SeriesIT(@Autowired EventStore store, @Autowired DevTokens issuer, @LocalServerPort int port) {
        this.store = store;
        this.token = Tokens.good(issuer);
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    @BeforeEach
    void storeIsOpen() {
        await().atMost(PATIENCE).until(store::isOpen);
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void minutes_areFilledWithZeros_acrossAnHourBoundary() {
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        write(
                like(11, next.minusSeconds(30), 1, 0),
                like(11, next, 2, 5),
                like(11, next.plusSeconds(59), 3, 5),
                like(11, next.plusSeconds(120), 4, 7));

        JsonNode series = get("/v1/analytics/posts/11/series?kind=likes&from=" + next.minusSeconds(90) + "&to="
                + next.plusSeconds(121));

        assertThat(series.path("postId").stringValue()).isEqualTo("11");
        assertThat(series.path("step").stringValue()).isEqualTo("minute");
        assertThat(series.path("from").stringValue())
                .isEqualTo(next.minusSeconds(120).toString());
        assertThat(series.path("points")
                        .valueStream()
                        .map(point -> point.path("at").stringValue()))
                .containsExactly(
                        next.minusSeconds(120).toString(),
                        next.minusSeconds(60).toString(),
                        next.toString(),
                        next.plusSeconds(60).toString(),
                        next.plusSeconds(120).toString());
        assertThat(counts(series)).containsExactly(0L, 1L, 2L, 0L, 1L);
    }

    @Test
    void hours_addUpTheirMinutes() {
        write(like(12, hour, 1, 0), like(12, hour.plusSeconds(3_599), 2, 1), like(12, hour.plusSeconds(3_600), 3, 1));

        assertThat(counts(get("/v1/analytics/posts/12/series?kind=likes&step=hour&from=" + hour + "&to="
                        + hour.plus(3, ChronoUnit.HOURS))))
                .containsExactly(2L, 1L, 0L);
    }

    @Test
    void aShorterPrefix_thatComesLate_changesNothing() {
        write(like(15, hour, 1, 0), like(15, hour, 2, 0));
        write(like(15, hour, 1, 0));

        assertThat(store.events(15, Kind.LIKES, hour, hour.plusSeconds(60))).hasSize(2);
        assertThat(store.perMinute(15, Kind.LIKES, hour, hour.plusSeconds(60))).containsExactly(Map.entry(hour, 2L));
    }

    @Test
    void anEventPastItsRetention_isNotStored() {
        Instant before = hour.minus(31, ChronoUnit.DAYS);
        write(like(16, before, 1, 0), like(16, hour, 2, 0));

        assertThat(store.events(16, Kind.LIKES, before, before.plusSeconds(60))).isEmpty();
        assertThat(store.events(16, Kind.LIKES, hour, hour.plusSeconds(60))).hasSize(1);
    }

    @Test
    void sevenDaysOfHours_areAnswered() {
        Instant from = hour.minus(6, ChronoUnit.DAYS);
        assertThat(counts(get("/v1/analytics/posts/13/series?kind=views&step=hour&from=" + from + "&to="
                        + from.plus(7, ChronoUnit.DAYS))))
                .hasSize(7 * 24)
                .containsOnly(0L);
    }

    @Test
    void withoutRange_isTheLastHour() {
        assertThat(counts(get("/v1/analytics/posts/14/series?kind=comments"))).hasSizeBetween(60, 61);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/analytics/posts/1/series, 400",
        "/v1/analytics/posts/1/series?kind=hearts, 400",
        "/v1/analytics/posts/1/series?kind=LIKES, 400",
        "/v1/analytics/posts/0/series?kind=likes, 400",
        "/v1/analytics/posts/abc/series?kind=likes, 400",
        "/v1/analytics/posts/1/series?kind=likes&step=day, 400",
        "/v1/analytics/posts/1/series?kind=likes&from=yesterday, 400",
        "/v1/analytics/posts/1/series?kind=likes&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:01Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&step=hour&from=2026-01-01T00:00:00Z&to=2026-01-08T00:00:01Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&to=1970-01-01T00:00:00Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&to=%2B999999999-01-01T00:00:00Z, 400",
        "/v1/analytics/posts/1/series?kind=likes&from=-999999999-01-01T00:00:00Z, 400",
        "/v1/analytics/posts/1, 404"
    })
    void badSeries_isAProblem(String path, int status) {
        HttpResponse<String> response = send(path, token);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void withoutToken_isRefused() {
        assertThat(send("/v1/analytics/posts/1/series?kind=likes", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void apiDescription_namesTheSeries() {
        assertThat(send("/v3/api-docs", "").body()).contains("/v1/analytics/posts/{id}/series");
    }

    private void write(Event... events) {
        PartitionRows rows = new PartitionRows(0);
        for (int offset = 0; offset < events.length; offset++) {
            rows.add(offset, events[offset]);
        }
        store.write(rows.unsaved());
    }

    private static Event like(long post, Instant at, long id, int partition) {
        return new Event(post, Kind.LIKES, at, id, 42, 1, partition);
    }

    private static List<Long> counts(JsonNode series) {
        return series.path("points")
                .valueStream()
                .map(point -> point.path("count").longValue())
                .toList();
    }

    private JsonNode get(String path) {
        HttpResponse<String> response = send(path, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpResponse<String> send(String path, String bearer) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
            if (!bearer.isEmpty()) {
                request.header("Authorization", "Bearer " + bearer);
            }
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
