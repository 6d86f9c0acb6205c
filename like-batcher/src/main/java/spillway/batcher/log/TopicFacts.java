package spillway.batcher.log;

import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.springframework.kafka.core.KafkaAdmin;
import spillway.batcher.collapse.LogUnusable;

/** What a topic is, as the brokers know it: its identity beyond its name, and that it has the agreed partitions. */
final class TopicFacts {

    private final KafkaAdmin kafka;
    private final int partitions;

    TopicFacts(KafkaAdmin kafka, int partitions) {
        this.kafka = kafka;
        this.partitions = partitions;
    }

    /**
     * The id Kafka gave the topic when it was made.
     *
     * @throws LogUnusable when it has another number of partitions than agreed: likes would be counted in other buckets
     * @throws org.springframework.kafka.KafkaException when the brokers do not answer
     */
    String id(String topic) {
        Map<String, TopicDescription> described = kafka.describeTopics(topic);
        TopicDescription description = described.get(topic);
        if (description == null) {
            throw new LogUnusable("topic " + topic + " is gone");
        }
        int found = description.partitions().size();
        if (found != partitions) {
            throw new LogUnusable("topic " + topic + " has " + found + " partitions, but " + partitions
                    + " are configured (spillway.topics.partitions)");
        }
        return description.topicId().toString();
    }
}
