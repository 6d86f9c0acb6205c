package spillway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BooksIT extends GatewayFixture {

    private final MeterRegistry meters;

    BooksIT(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @Test
    void everyOfferedWrite_hasOneOutcome() {
        double offered = offered("like");
        double accepted = settled("like", "accepted");
        double rejected = settled("like", "rejected");
        double shed = settled("like", "shed");
        double failed = settled("like", "failed");
        double unknown = settled("like", "unknown");

        send("PUT", "/v1/posts/7/like");
        send("PUT", "/v1/posts/7/like", "", request -> request);
        send("PUT", "/v1/posts/7/like", "a".repeat(70_000), bearer(token()));
        answering(429, Map.of("Retry-After", "2"));
        answering(503, Map.of("Retry-After", "1"));
        answering(500, Map.of());
        answering(503, Map.of());
        METRICS.answers(HttpExchange::close);
        send("PUT", "/v1/posts/7/like");

        assertThat(offered("like") - offered).isEqualTo(8);
        assertThat(settled("like", "accepted") - accepted).isEqualTo(1);
        assertThat(settled("like", "rejected") - rejected).isEqualTo(2);
        assertThat(settled("like", "shed") - shed).isEqualTo(2);
        assertThat(settled("like", "failed") - failed).isEqualTo(1);
        assertThat(settled("like", "unknown") - unknown).isEqualTo(2);
    }

    private void answering(int status, Map<String, String> headers) {
        METRICS.answers(exchange -> FakeService.reply(exchange, status, headers, "{}"));
        assertThat(send("PUT", "/v1/posts/7/like").statusCode()).isEqualTo(status);
    }

    private double offered(String traffic) {
        return meters.get("spillway.gateway.offered")
                .tag("class", traffic)
                .counter()
                .count();
    }

    private double settled(String traffic, String outcome) {
        Counter counter = meters.get("spillway.gateway.requests")
                .tag("class", traffic)
                .tag("outcome", outcome)
                .counter();
        return counter.count();
    }
}
