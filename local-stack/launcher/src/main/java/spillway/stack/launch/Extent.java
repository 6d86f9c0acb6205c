package spillway.stack.launch;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How much of the stack to run. */
enum Extent {
    /** Only Postgres, Redis, Kafka and Cassandra, for services started elsewhere such as in an IDE. */
    SERVERS,
    EVERYTHING,
    /** What the lab compares: the monolith as well, and every service with both compilers, as it would run for good. */
    LAB,
    /** What the path of a like needs, a second batcher, and services that reach Redis by a wire that can be disturbed. */
    CHAOS,
    /** What the path of a post needs, with the worker that moves slots as a process of its own, which can be killed. */
    RESHARD,
    /** What the paths of posts, likes and views need, as it would run for good, and nothing that takes from the load. */
    OVERLOAD;

    private static final Set<StackPort> LAB_ONLY = Set.of(StackPort.MONOLITH);
    private static final Set<StackPort> CHAOS_ONLY = Set.of(StackPort.BATCHER_TWIN, StackPort.REDIS_WIRE);
    private static final Set<StackPort> NOT_IN_CHAOS =
            Set.of(StackPort.ANALYTICS, StackPort.MONOLITH, StackPort.CASSANDRA, StackPort.CASSANDRA_STORAGE);
    private static final Set<StackPort> IN_RESHARD = Set.of(
            StackPort.GATEWAY,
            StackPort.GATEWAY_MANAGEMENT,
            StackPort.CONTENT,
            StackPort.POSTGRES_A,
            StackPort.POSTGRES_B,
            StackPort.KAFKA,
            StackPort.KAFKA_CONTROLLER);

    /** Whether somebody will disturb it: on data of its own, and with no end of restarts. */
    boolean isChaos() {
        return switch (this) {
            case SERVERS, EVERYTHING, LAB -> false;
            case CHAOS, RESHARD, OVERLOAD -> true;
        };
    }

    /** Whether what is measured comes long enough after the start for the second compiler to have given its work back. */
    boolean warmsUp() {
        return switch (this) {
            case SERVERS, EVERYTHING, CHAOS -> false;
            case LAB, RESHARD, OVERLOAD -> true;
        };
    }

    /** Those of all ports that this much of the stack needs free. */
    Map<StackPort, Integer> portsIn(Map<StackPort, Integer> all) {
        Map<StackPort, Integer> needed = new EnumMap<>(all);
        needed.keySet()
                .removeAll(
                        switch (this) {
                            case SERVERS, EVERYTHING ->
                                Stream.concat(LAB_ONLY.stream(), CHAOS_ONLY.stream())
                                        .toList();
                            case LAB -> CHAOS_ONLY;
                            case OVERLOAD ->
                                Stream.concat(NOT_IN_CHAOS.stream(), Stream.of(StackPort.BATCHER_TWIN))
                                        .toList();
                            case CHAOS -> NOT_IN_CHAOS;
                            case RESHARD -> EnumSet.complementOf(EnumSet.copyOf(IN_RESHARD));
                        });
        return needed;
    }
}
