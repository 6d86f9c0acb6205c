package spillway.chaos;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What can be done to the stack. */
enum Fault {
    KILL_BATCHER("kill-batcher", 12, "kill -9 of the batcher"),
    KILL_TWIN("kill-twin", 8, "kill -9 of its twin"),
    KILL_METRICS("kill-metrics", 8, "kill -9 of post-metrics-service"),
    KILL_GATEWAY("kill-gateway", 6, "kill -9 of the gateway"),
    KILL_REDIS("kill-redis", 8, "kill -9 of Redis"),
    KILL_KAFKA("kill-kafka", 6, "kill -9 of Kafka"),
    ZOMBIE("zombie", 12, "a batcher is stopped until the other has taken over, then goes on"),
    LOSE_REPLIES("lose-replies", 14, "Redis does what it is asked, and nobody hears of it"),
    DELAY("delay", 4, "replies of Redis come late"),
    STALL("stall", 4, "nothing passes between the services and Redis"),
    RESET("reset", 4, "connections to Redis break"),
    FLUSH_REDIS("flush-redis", 4, "FLUSHALL: all counts are gone and must come back from the log"),
    REPEAT_API("repeat-api", 4, "accepted likes are sent again through the API"),
    REPEAT_LOG("repeat-log", 4, "records of the log are appended to it again"),
    POISON("poison", 2, "records that nobody can read are appended to the log");

    private final String label;
    private final int weight;
    private final String description;

    Fault(String label, int weight, String description) {
        this.label = label;
        this.weight = weight;
        this.description = description;
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /**
     * Reads {@code kill-batcher,zombie=3}: which faults there are to be, and how often each compared with the others.
     *
     * @throws IllegalArgumentException when it names no fault or a weight that is none
     */
    static Map<Fault, Integer> weights(Iterable<String> texts) {
        Map<Fault, Integer> weights = new EnumMap<>(Fault.class);
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            Fault fault = Arrays.stream(values())
                    .filter(known -> known.label.equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no fault \"" + parts[0] + "\""));
            weights.put(fault, parts.length == 1 ? fault.weight : weight(parts[1]));
        }
        return weights;
    }

    /** All faults as often as they are by default. */
    static Map<Fault, Integer> allWeights() {
        Map<Fault, Integer> weights = new EnumMap<>(Fault.class);
        for (Fault fault : values()) {
            weights.put(fault, fault.weight);
        }
        return weights;
    }

    private static int weight(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("a weight is a number from 1 to 9999, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }
}
