package spillway.lab.estimate;

import java.util.ArrayList;
import java.util.List;
import spillway.lab.limits.probe.Quantity;

/** The designs that the ladder climbs, from the smallest, and what a write costs in each. */
public enum Design {
    MONOLITH("one application, one Postgres", "no sharding, no queue, nothing to operate but a database"),
    DIRECT("counters apart, in Redis", "posts in Postgres, likes counted by Redis as they come"),
    SPLIT("counters in sub-keys", "as before, a hot post spread over several keys"),
    BATCHED("queue and batcher", "likes go through Kafka and are counted in batches"),
    EDGE("batches from the edge on", "as before, and the gateway sends likes on in batches");

    /** A like in a log is read by the batcher and by the analytics service. */
    private static final double READERS = 2;

    /** How many likes the gateway sends at once when it is busy. */
    private static final double PER_BATCH = 20;

    private final String title;
    private final String explanation;

    Design(String title, String explanation) {
        this.title = title;
        this.explanation = explanation;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }

    /** What a like costs. */
    public Bill like(Measured measured) {
        Cost request = measured.servers("request and token", Quantity.HTTP_DIRECT, 1);
        return switch (this) {
            case MONOLITH ->
                new Bill(
                        List.of(
                                request,
                                measured.all("the like's row", Quantity.POSTGRES_INSERT_8, 1),
                                measured.all("the post's count", Quantity.POSTGRES_SPREAD_8, 1)),
                        new Bill.Queue(
                                "the lock of the post's row",
                                measured.rate(Quantity.POSTGRES_HOT_ROW_8),
                                "postgres: hot row, 8"));
            case DIRECT, SPLIT ->
                new Bill(
                        List.of(
                                measured.gatewayHop(),
                                request,
                                measured.all("script in Redis", Quantity.REDIS_ROUND_TRIP_32, 1.5)),
                        null);
            case BATCHED -> new Bill(logged(measured, measured.gatewayHop(), request), null);
            case EDGE ->
                new Bill(
                        logged(
                                measured,
                                measured.gatewayHop(),
                                new Cost(
                                        request.what(),
                                        request.micros() / PER_BATCH,
                                        request.from() + " / " + (int) PER_BATCH)),
                        null);
        };
    }

    /** What a new post costs; every design but the first keeps an outbox, and tells others of the post. */
    public Bill post(Measured measured) {
        Cost request = measured.servers("request and token", Quantity.HTTP_DIRECT, 1);
        if (this == MONOLITH) {
            return new Bill(List.of(request, measured.all("the post's row", Quantity.POSTGRES_INSERT_8, 1)), null);
        }
        return new Bill(
                List.of(
                        measured.gatewayHop(),
                        request,
                        measured.all("row and outbox row", Quantity.POSTGRES_INSERT_8, 2),
                        measured.all("event into the log", Quantity.KAFKA_PRODUCE_AWAITED, 1),
                        measured.all("event into Cassandra", Quantity.CASSANDRA_APPEND, 1)),
                null);
    }

    private static List<Cost> logged(Measured measured, Cost... entry) {
        List<Cost> costs = new ArrayList<>(List.of(entry));
        costs.add(measured.all("into the log", Quantity.KAFKA_PRODUCE_AWAITED, 1));
        costs.add(measured.all("out of the log", Quantity.KAFKA_CONSUME, READERS));
        costs.add(measured.all("liker and count", Quantity.REDIS_SADD, 1));
        costs.add(measured.all("event into Cassandra", Quantity.CASSANDRA_APPEND, 1));
        return costs;
    }
}
