package spillway.lab.stack;

/** A part of the stack that can be measured, named as {@code ./spillway status} names it. */
public enum Part {
    GATEWAY("gateway"),
    CONTENT("content"),
    METRICS("metrics"),
    BATCHER("batcher"),
    ANALYTICS("analytics"),
    MONOLITH("monolith"),
    POSTGRES_A("postgres-a"),
    POSTGRES_B("postgres-b"),
    REDIS("redis"),
    KAFKA("kafka"),
    CASSANDRA("cassandra");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    String variable() {
        return "SPILLWAY_LAB_" + name();
    }
}
