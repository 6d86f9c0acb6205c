package spillway.lab.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.lab.limits.probe.Quantity;

/**
 * The designs that the ladder climbs, from the smallest, and what a write costs in each.
 *
 * <p>A write is a number of the operations that a calibration measures: what an empty read costs a service, a write costs
 * it three times. These weights were read off the ladder once (docs/adr/0009); they belong to the code, the calibration
 * belongs to the host.
 */
public enum Design {
    MONOLITH("one application, one Postgres", "no sharding, no queue, nothing to operate but a database"),
    DIRECT("counters apart, in Redis", "posts in Postgres, likes counted by Redis as they come"),
    SPLIT("counters in sub-keys", "as before, a hot post spread over several keys"),
    BATCHED("queue and batcher", "likes go through Kafka and are counted in batches"),
    EDGE("batches from the edge on", "as before, and the gateway sends likes on in batches");

    /**
     * The probe's transaction is one statement, sent with its commit. An application's lock is held until it has heard of
     * its update and sent the commit, on processors that others use too.
     */
    private static final double OF_A_HOT_ROW = 0.2;

    /** One wake-up of the client reads many. */
    private static final double OF_ANSWERS_IN_BUNCHES = 0.5;

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
        return switch (this) {
            case MONOLITH ->
                bill(
                        new Bill.Queue(
                                "the lock of the post's row",
                                measured.rate(Quantity.POSTGRES_HOT_ROW_8) * OF_A_HOT_ROW,
                                "postgres: hot row, 8 x " + OF_A_HOT_ROW),
                        measured.servers("request, transaction", Quantity.HTTP_DIRECT, 4.7),
                        measured.servers("the like's row", Quantity.POSTGRES_INSERT_8, 1.6),
                        measured.servers("the post's count", Quantity.POSTGRES_SPREAD_8, 1.6));
            case DIRECT, SPLIT ->
                bill(
                        null,
                        measured.gateway(1.35),
                        measured.servers("request", Quantity.HTTP_DIRECT, 3.7),
                        measured.servers("script in Redis", Quantity.REDIS_ROUND_TRIP_32, 2.3));
            case BATCHED ->
                bill(
                        null,
                        measured.gateway(1.6),
                        measured.servers("request, receipt", Quantity.HTTP_DIRECT, 3.9),
                        measured.all("into and out of the log", Quantity.KAFKA_PRODUCE_AWAITED, 5),
                        measured.servers("liker and count", Quantity.REDIS_ROUND_TRIP_32, 1.9),
                        measured.servers("part of a row in Cassandra", Quantity.CASSANDRA_APPEND, 0.2));
            case EDGE ->
                new Bill(
                        List.of(
                                measured.gateway(0.18),
                                measured.servers("part of a request", Quantity.HTTP_DIRECT, 0.2),
                                measured.all("into and out of the log", Quantity.KAFKA_PRODUCE_AWAITED, 0.5),
                                measured.servers("liker and count", Quantity.REDIS_ROUND_TRIP_32, 0.4),
                                measured.servers("part of a row in Cassandra", Quantity.CASSANDRA_APPEND, 0.03)),
                        null,
                        OF_ANSWERS_IN_BUNCHES);
        };
    }

    /** What a new post costs, as the designs write it unless told otherwise. */
    public Bill post(Measured measured) {
        return post(measured, Inserts.TOGETHER);
    }

    /** What a new post costs; every design but the first keeps an outbox, and tells others of the post. */
    public Bill post(Measured measured, Inserts inserts) {
        if (this == MONOLITH) {
            return bill(
                    null,
                    measured.servers("request, transaction", Quantity.HTTP_DIRECT, 4.3),
                    measured.servers("the post's row", Quantity.POSTGRES_INSERT_8, 3.2));
        }
        return switch (inserts) {
            case ALONE -> post(measured, 2.1, 14.8, 10.6, 6.3, 3.8, 6, 0.33);
            case TOGETHER -> post(measured, 1.95, 8.8, 8.4, 3.8, 1.5, 1, 0.18);
            case TOGETHER_ON_ONE_SHARD -> post(measured, 1.6, 4.2, 1.9, 1.9, 1.8, 1, 0.22);
        };
    }

    private static Bill post(
            Measured measured,
            double gateway,
            double request,
            double rows,
            double log,
            double told,
            double known,
            double event) {
        return bill(
                null,
                measured.gateway(gateway),
                measured.servers("request, transaction", Quantity.HTTP_DIRECT, request),
                measured.servers("post, outbox, key", Quantity.POSTGRES_INSERT_8, rows),
                measured.all("into and out of the log", Quantity.KAFKA_PRODUCE_AWAITED, log),
                measured.servers("told to metrics", Quantity.HTTP_DIRECT, told),
                measured.servers("known in Redis", Quantity.REDIS_ROUND_TRIP_32, known),
                measured.servers("event in Cassandra", Quantity.CASSANDRA_APPEND, event));
    }

    /** A view is a request; what else it costs, a sum in memory, is little. */
    public Bill view(Measured measured) {
        return switch (this) {
            case MONOLITH ->
                bill(
                        null,
                        measured.servers("request, transaction", Quantity.HTTP_DIRECT, 4.3),
                        measured.servers("viewer and count", Quantity.POSTGRES_SPREAD_8, 2.8));
            case DIRECT, SPLIT, BATCHED ->
                bill(null, measured.gateway(1.35), measured.servers("request", Quantity.HTTP_DIRECT, 2));
            // At some thousands per second: the service answers views so fast that batches stay small.
            case EDGE ->
                bill(null, measured.gateway(0.4), measured.servers("part of a request", Quantity.HTTP_DIRECT, 1.6));
        };
    }

    private static Bill bill(Bill.@Nullable Queue queue, Cost... costs) {
        return new Bill(List.of(costs), queue, 1);
    }
}
