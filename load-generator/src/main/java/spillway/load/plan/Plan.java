package spillway.load.plan;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Everything a run intends. Two plans made from the same seed or file give the same operations at the same times.
 */
public interface Plan {

    /** What the report calls the run. */
    String title();

    /** The phases in order; together they cover the run. */
    List<Phase> phases();

    /** Everybody who will send something: their tokens are fetched before the first request. */
    List<Long> users();

    /** The operations in order of time, made one by one as they are asked for. */
    Iterator<Planned> operations();

    /**
     * Whether an operation that is not accepted is sent again until it is. Bursts do not insist: what is shed stays shed.
     * A recorded trace does, since every row of it must be counted.
     */
    default boolean insists() {
        return false;
    }

    /** Counts of likes known beforehand; empty when only the answers tell. */
    default List<Recorded> recorded() {
        return List.of();
    }

    default Duration length() {
        return phases().stream().map(Phase::length).reduce(Duration.ZERO, Duration::plus);
    }
}
