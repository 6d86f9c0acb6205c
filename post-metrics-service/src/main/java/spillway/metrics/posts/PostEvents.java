package spillway.metrics.posts;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import spillway.events.v1.PostEvent;

/** Learns of new and deleted posts from their events, at least once and in order per post. */
final class PostEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PostEvents.class);

    private final KnownPosts posts;

    PostEvents(KnownPosts posts) {
        this.posts = posts;
    }

    /**
     * Returns, so that the offsets are committed, once Redis has taken all of it. Each poll has its price however little it
     * brings, and who likes a post sooner than it is known is answered by the content service: so few and full ones.
     */
    @KafkaListener(
            id = "known-posts",
            topics = "${spillway.topics.prefix:}post-events",
            groupId = "${spillway.topics.prefix:}metrics-known-posts",
            batch = "true",
            properties = {"fetch.min.bytes=65536", "fetch.max.wait.ms=50"})
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        List<PostChange> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            PostEvent event = decoded(record);
            if (event == null || event.getPostId() <= 0) {
                continue;
            }
            switch (event.getChangeCase()) {
                case POST_CREATED -> changes.add(new PostChange(event.getPostId(), true));
                case POST_DELETED -> changes.add(new PostChange(event.getPostId(), false));
                case POST_EDITED, COMMENT_ADDED, COMMENT_DELETED, CHANGE_NOT_SET -> {}
            }
        }
        posts.learn(changes).toCompletableFuture().join();
    }

    /** Poison is left to the like-batcher, which reads the same topic and puts it among the dead letters. */
    private static @org.jspecify.annotations.Nullable PostEvent decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : PostEvent.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("{}-{}@{} is no PostEvent", record.topic(), record.partition(), record.offset());
            return null;
        }
    }
}
