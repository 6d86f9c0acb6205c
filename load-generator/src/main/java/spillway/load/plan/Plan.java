package spillway.load.plan;

import java.time.Duration;
import java.util.List;

/**
 * Everything a run intends. Two plans made from the same seed or file give the same operations at the same times.
 */
public interface Plan {

    /** What the report calls the run. */
    String title();

    /** Everybody who will send something: their tokens are fetched before the first request. */
    List<Long> users();

    /** One after the other, they are the run. */
    List<Part> parts();

    /** Counts of likes known beforehand; empty when only the answers tell. */
    default List<Recorded> recorded() {
        return List.of();
    }

    default List<Phase> phases() {
        return parts().stream().flatMap(part -> part.phases().stream()).toList();
    }

    /** How long the run lasts when nothing has to be sent again. */
    default Duration length() {
        return phases().stream().map(Phase::length).reduce(Duration.ZERO, Duration::plus);
    }
}
