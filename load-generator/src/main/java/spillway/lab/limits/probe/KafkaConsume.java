package spillway.lab.limits.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import spillway.lab.stack.Part;

/** Reads records that lie in the page cache, as those of a consumer that keeps up do; again and again the same ones. */
record KafkaConsume(Bench bench) implements Probe {

    private static final int RECORDS = 300_000;
    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public Quantity quantity() {
        return Quantity.KAFKA_CONSUME;
    }

    @Override
    public String how() {
        return "40 bytes, 8 partitions";
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.KAFKA);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (KafkaTopic topic = KafkaTopic.create(bench)) {
            fill(topic);
            try (Crew crew = Crew.of(1, thread -> new Poll(topic))) {
                return meter.read(crew.tally(), servers());
            }
        }
    }

    private static void fill(KafkaTopic topic) throws ProbeFailure, InterruptedException {
        Tally acknowledged = new Tally();
        try (KafkaSender sender = KafkaSender.open(topic, Duration.ofMillis(5))) {
            for (int i = 0; i < RECORDS; i++) {
                sender.send((metadata, failure) -> {
                    if (failure != null) {
                        acknowledged.fail(failure);
                    }
                });
            }
            sender.flush();
        }
        acknowledged.watch(Duration.ZERO);
    }

    private static final class Poll implements Crew.Step {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private int left = RECORDS;

        Poll(KafkaTopic topic) {
            Map<String, Object> settings = new HashMap<>(KafkaTopic.connection(topic.bench()));
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
            // At the end of the log a fetch waits for more, and going back waits for that fetch.
            settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(topic.partitions());
        }

        @Override
        public void once(Tally tally) {
            int records = consumer.poll(POLL).count();
            tally.add(records);
            left -= records;
            if (left <= 0) {
                consumer.seekToBeginning(consumer.assignment());
                left = RECORDS;
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
