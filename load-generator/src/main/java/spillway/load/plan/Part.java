package spillway.load.plan;

import java.util.List;

/**
 * A stretch of a plan that starts only when the part before it is over.
 *
 * @param phases its phases in order; together they cover the part
 * @param insists whether an operation that is not accepted is sent again until it is, and the part is not over before.
 *     Bursts do not insist: what is shed stays shed
 * @param operations in order of time, which counts from the part's own start; made one by one as they are asked for
 */
public record Part(List<Phase> phases, boolean insists, Iterable<Planned> operations) {

    public Part {
        phases = List.copyOf(phases);
    }
}
