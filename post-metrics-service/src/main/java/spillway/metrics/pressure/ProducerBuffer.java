package spillway.metrics.pressure;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/** How full the buffer is in which likes and shares wait for the log. Thread-safe. */
final class ProducerBuffer {

    private static final String GROUP = "producer-metrics";

    private final ProducerFactory<byte[], byte[]> producers;

    ProducerBuffer(ProducerFactory<byte[], byte[]> producers) {
        this.producers = producers;
    }

    /** From 0, empty, to 1; null when the producer does not tell. */
    @Nullable Double used() {
        Producer<byte[], byte[]> producer = producers.createProducer();
        double total = Double.NaN;
        double available = Double.NaN;
        for (Map.Entry<MetricName, ? extends Metric> metric : producer.metrics().entrySet()) {
            if (metric.getKey().group().equals(GROUP)) {
                switch (metric.getKey().name()) {
                    case "buffer-total-bytes" -> total = value(metric.getValue());
                    case "buffer-available-bytes" -> available = value(metric.getValue());
                    default -> {}
                }
            }
        }
        double used = 1 - available / total;
        return Double.isFinite(used) ? Math.clamp(used, 0.0, 1.0) : null;
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
