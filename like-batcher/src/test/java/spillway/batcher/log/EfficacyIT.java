package spillway.batcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
class EfficacyIT {

    @Test
    void anybodyOnTheServicesOwnPort_seesWhatBatchingBrought(Servers servers) throws Exception {
        try (Bench bench = new Bench(servers, "efficacy");
                HttpClient http = HttpClient.newHttpClient()) {
            ConfigurableApplicationContext batcher =
                    bench.startBatcher(Map.of("spring.main.web-application-type", "servlet", "server.port", "0"));
            bench.like(1, 1, true);
            bench.awaitDrained();
            URI efficacy = URI.create("http://127.0.0.1:"
                    + batcher.getEnvironment().getProperty("local.server.port") + "/actuator/efficacy");

            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(efficacy).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"likes\":{", "\"wastedWindows\":", "\"viral\":", "\"collapseRatio\":");
        }
    }
}
