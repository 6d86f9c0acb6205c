package spillway.metrics.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import spillway.events.v1.PostCreated;
import spillway.events.v1.PostDeleted;
import spillway.events.v1.PostEvent;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
class PostEventsIT {

    private static byte[] created(long post) {
        return PostEvent.newBuilder()
                .setEventId(post)
                .setPostId(post)
                .setPostCreated(PostCreated.newBuilder().setContent("hello"))
                .build()
                .toByteArray();
    }

    private static byte[] deleted(long post) {
        return PostEvent.newBuilder()
                .setEventId(post + 1)
                .setPostId(post)
                .setPostDeleted(PostDeleted.getDefaultInstance())
                .build()
                .toByteArray();
    }

    @Test
    void postsMadeKnownByEvents_areLikedWithoutAskingTheContentService_untilTheyAreDeleted(Servers servers) {
        try (FakeContent content = new FakeContent();
                TestService service = TestService.start(servers, content);
                KafkaProducer<byte[], byte[]> outbox = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers.kafka().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            String topic = servers.kafka().topicPrefix() + "post-events";
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(77).array();
            var first = outbox.send(new ProducerRecord<>(topic, key, created(77)));
            var poison = outbox.send(new ProducerRecord<>(topic, key, new byte[] {1, 2, 3}));
            assertThat(first).succeedsWithin(Duration.ofSeconds(10));
            assertThat(poison).succeedsWithin(Duration.ofSeconds(10));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.put(1, "/v1/posts/77/like").status() == 202);

            var last = outbox.send(new ProducerRecord<>(topic, key, deleted(77)));
            var replayed = outbox.send(new ProducerRecord<>(topic, key, created(77)));
            assertThat(last).succeedsWithin(Duration.ofSeconds(10));
            assertThat(replayed).succeedsWithin(Duration.ofSeconds(10));
            content.breakDown(true);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.put(1, "/v1/posts/77/like").status() == 404);
        }
    }
}
