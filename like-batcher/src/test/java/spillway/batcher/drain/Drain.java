package spillway.batcher.drain;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One drain of a backlog.
 *
 * @param likes applied while it was measured, that is all but the first window
 * @param took their time
 * @param cpu processor time meanwhile, by process
 * @param likesPerCountWrite likes per {@code HINCRBY}
 * @param scriptMicros time that Redis spent in the script, per like
 * @param bytesPerMember what a remembered like takes in Redis
 */
record Drain(
        long likes,
        Duration took,
        Map<String, Duration> cpu,
        double likesPerCountWrite,
        double scriptMicros,
        double bytesPerMember) {

    double perSecond() {
        return likes * 1e9 / took.toNanos();
    }

    double cpuMicros(String process) {
        return Objects.requireNonNull(cpu.get(process)).toNanos() / 1e3 / likes;
    }

    static String head() {
        return "%-16s %10s %8s | %8s %8s %8s | %9s %11s %11s"
                        .formatted(
                                "",
                                "likes/s",
                                "of raw",
                                "batcher",
                                "redis",
                                "kafka",
                                "script",
                                "likes per",
                                "bytes per")
                + "%n%-16s %10s %8s | %8s %8s %8s | %9s %11s %11s"
                        .formatted("", "", "", "µs cpu", "µs cpu", "µs cpu", "µs", "count write", "like");
    }

    String row(String name, double rawPerSecond) {
        return String.format(
                Locale.ROOT,
                "%-16s %10.0f %7.0f%% | %8.2f %8.2f %8.2f | %9.2f %11.1f %11.1f",
                name,
                perSecond(),
                100 * perSecond() / rawPerSecond,
                cpuMicros("batcher"),
                cpuMicros("redis"),
                cpuMicros("kafka"),
                scriptMicros,
                likesPerCountWrite,
                bytesPerMember);
    }
}
