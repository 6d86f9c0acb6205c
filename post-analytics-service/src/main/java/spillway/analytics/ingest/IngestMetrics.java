package spillway.analytics.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import spillway.analytics.event.Kind;

/** What has been stored and what could not be: counted once it is done. */
final class IngestMetrics {

    private final MeterRegistry meters;
    private final Counter rows;

    IngestMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.rows = Counter.builder("spillway.analytics.rows")
                .description("Rows written; each holds a chunk's events of one post, kind and minute")
                .register(meters);
    }

    /**
     * @param events per kind, each counted when it was stored for the first time
     * @param rows written
     */
    void stored(Map<Kind, Long> events, int rows) {
        events.forEach((kind, count) ->
                meters.counter("spillway.analytics.events", "kind", kind.word()).increment(count));
        this.rows.increment(rows);
    }

    void rejected(String topic) {
        meters.counter("spillway.analytics.dead.letters", "topic", topic).increment();
    }
}
