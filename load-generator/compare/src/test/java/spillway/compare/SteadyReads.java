package spillway.compare;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** One GET again and again, at times that come as independently of each other as the load generator's. */
public final class SteadyReads extends Simulation {

    public SteadyReads() {
        double rate = Double.parseDouble(System.getProperty("rate", "200"));
        Duration length = Duration.ofSeconds(Long.getLong("seconds", 30));
        setUp(scenario("reads")
                        .exec(http("read")
                                .get(System.getProperty("url"))
                                .header("Authorization", "Bearer " + System.getProperty("token"))
                                .check(status().is(200)))
                        .injectOpen(constantUsersPerSec(rate).during(length).randomized()))
                .protocols(http.shareConnections().disableCaching());
    }
}
