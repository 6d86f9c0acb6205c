package spillway.chaos.overload;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is tried, in the order in which it is. */
enum Trial {
    BLACK_FRIDAY(60, "a burst of four times the capacity"),
    BLACK_FRIDAY_12X(60, "a burst of twelve times the capacity"),
    METASTABLE(30, "ten times the capacity, from clients that give up soon and send again at once"),
    METASTABLE_OFF(30, "the same with admission switched off: the counter-example, never judged"),
    SLOW_SHARD(30, "a Postgres server with half of the shards stands still"),
    SLOW_REDIS(30, "Redis stands still"),
    KAFKA_STALL(30, "Kafka stands still"),
    SLOW_CLIENTS(30, "ten thousand idle connections, and requests that never end"),
    SAMPLING(60, "a hundred thousand views of one post while views are sampled"),
    LONG(600, "four times the capacity, to see memory and threads stay as they are");

    private final int seconds;
    private final String description;

    /** @param seconds how long the disturbance lasts unless somebody wants another length */
    Trial(int seconds, String description) {
        this.seconds = seconds;
        this.description = description;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Duration length() {
        return Duration.ofSeconds(seconds);
    }

    String description() {
        return description;
    }

    /** Whether its end is judged, rather than only shown. */
    boolean isJudged() {
        return this != METASTABLE_OFF;
    }

    /** All that fit in a coffee break. */
    static Set<Trial> usual() {
        return EnumSet.complementOf(EnumSet.of(LONG));
    }

    /** @throws IllegalArgumentException when one is not known */
    static Set<Trial> named(List<String> labels) {
        return labels.stream().map(Trial::named).collect(Collectors.toCollection(() -> EnumSet.noneOf(Trial.class)));
    }

    private static Trial named(String label) {
        return Arrays.stream(values())
                .filter(trial -> trial.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no trial \"" + label + "\"; there are "
                        + Arrays.stream(values()).map(Trial::label).collect(Collectors.joining(", "))));
    }
}
