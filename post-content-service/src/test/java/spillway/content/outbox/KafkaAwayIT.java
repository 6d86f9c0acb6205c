package spillway.content.outbox;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.content.testing.Api;
import spillway.content.testing.Events;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.events.Topics;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** Without Kafka posts go on and their events wait; invariant I7: they leave by themselves once it is there. */
@RealServers({Server.POSTGRES, Server.KAFKA})
class KafkaAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void withoutKafka_postsGoOnAndEventsWait(Servers servers) {
        Storage storage = Storage.create(servers);
        UserId user = Users.onShard(1);
        List<String> posts = new ArrayList<>();
        try (TestService service = TestService.startWithKafkaAt(
                "127.0.0.1:1", servers, storage, "spillway.content.outbox.retry-delay=100ms")) {
            Api api = service.api();
            for (int i = 0; i < 3; i++) {
                posts.add(api.publish(user, "waits"));
            }
            await().atMost(PATIENCE).until(() -> depth(service) == 3);
            posts.add(api.publish(user, "still taken"));
        }
        try (TestService service = TestService.start(servers, storage);
                Events events = new Events(servers.kafka(), service.bean(Topics.class))) {
            for (String post : posts) {
                await().atMost(PATIENCE).until(() -> events.about(post).size() == 1);
            }
            await().atMost(PATIENCE).until(() -> depth(service) == 0);
        }
    }

    private static double depth(TestService service) {
        return service.bean(MeterRegistry.class)
                .get("spillway.content.outbox.depth")
                .tag("shard", "1")
                .gauge()
                .value();
    }
}
