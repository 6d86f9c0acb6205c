package spillway.analytics.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import spillway.analytics.event.BadRecord;
import spillway.analytics.event.Event;
import spillway.analytics.event.Events;
import spillway.analytics.store.EventStore;

/**
 * Stores what one poll brought. It returns when Cassandra has acknowledged every event and Kafka every dead letter; only
 * then does the container commit the offsets. If it throws, the same records come again: events are stored once all the
 * same, a dead letter may be there twice (its headers say which record it was).
 */
final class Ingest implements BatchMessageListener<byte[], byte[]> {

    private final Events events;
    private final EventStore store;
    private final ConsumerRecordRecoverer deadLetters;
    private final MeterRegistry meters;

    Ingest(Events events, EventStore store, ConsumerRecordRecoverer deadLetters, MeterRegistry meters) {
        this.events = events;
        this.store = store;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Event> good = new ArrayList<>(records.size());
        List<Rejected> bad = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                good.add(events.read(record));
            } catch (BadRecord e) {
                bad.add(new Rejected(record, e));
            }
        }
        store.append(good);
        bad.forEach(rejected -> deadLetters.accept(rejected.record, rejected.reason));
        count(good, bad);
    }

    private void count(List<Event> good, List<Rejected> bad) {
        for (Event event : good) {
            counter("spillway.analytics.events", "kind", event.kind().word()).increment();
        }
        for (Rejected rejected : bad) {
            counter("spillway.analytics.dead.letters", "topic", rejected.record.topic())
                    .increment();
        }
    }

    private Counter counter(String name, String tag, String value) {
        return meters.counter(name, tag, value);
    }

    private record Rejected(ConsumerRecord<byte[], byte[]> record, BadRecord reason) {}
}
