package spillway.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.load.echo.EchoServer;
import spillway.load.plan.Mix;
import spillway.load.plan.Popularity;
import spillway.load.plan.Scenario;
import spillway.load.plan.Shape;

/** Latency counts from the intended instant: a server's pause shows in everything that fell due in it. */
class CoordinatedOmissionTest {

    @Test
    void aPauseOfOneSecond_isSeenByAllThatFellDueInIt() throws TargetUnreachable {
        Shape shape = Shape.steady(200, Duration.ofSeconds(5));
        Scenario views = new Scenario("views", 1, 20, 2, shape, Mix.parse("views=1"), Popularity.SPREAD);
        try (EchoServer server = new EchoServer(0, Duration.ZERO)) {
            RunOptions options = new RunOptions(
                    Target.of(server.url(), List.of()),
                    1,
                    "test",
                    1024,
                    Duration.ofSeconds(10),
                    Duration.ZERO,
                    Duration.ZERO);
            server.pause(Duration.ofMillis(2_500), Duration.ofSeconds(1));

            Quantiles latency = new LoadRun(views, options).execute().sent().overall();

            assertThat(latency.max()).isGreaterThan(900);
            assertThat(latency.p999()).isGreaterThan(900);
            // A fifth of the requests fell due in the pause, and half of them had to wait for more than half of it.
            assertThat(latency.p95()).isGreaterThan(500);
        }
    }
}
