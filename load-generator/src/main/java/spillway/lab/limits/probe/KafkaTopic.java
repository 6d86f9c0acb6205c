package spillway.lab.limits.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import spillway.lab.stack.Part;

/** A topic that lives as long as a probe. */
final class KafkaTopic implements AutoCloseable {

    private static final int PARTITIONS = 8;

    private final Bench bench;
    private final Admin admin;
    private final String name;

    private KafkaTopic(Bench bench, Admin admin, String name) {
        this.bench = bench;
        this.admin = admin;
        this.name = name;
    }

    /** Creates it, and deletes those of earlier probes that were killed. */
    static KafkaTopic create(Bench bench) throws InterruptedException, ExecutionException {
        Admin admin = Admin.create(connection(bench));
        try {
            List<String> leftovers = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(bench.topicPrefix()))
                    .toList();
            admin.deleteTopics(leftovers).all().get();
            String name = bench.topic();
            admin.createTopics(List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            return new KafkaTopic(bench, admin, name);
        } catch (InterruptedException | ExecutionException e) {
            admin.close();
            throw e;
        }
    }

    static Map<String, Object> connection(Bench bench) {
        String address = bench.stack().host() + ":" + bench.stack().port(Part.KAFKA);
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address);
    }

    String name() {
        return name;
    }

    Bench bench() {
        return bench;
    }

    List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    @Override
    public void close() {
        try (admin) {
            admin.deleteTopics(List.of(name))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }
}
