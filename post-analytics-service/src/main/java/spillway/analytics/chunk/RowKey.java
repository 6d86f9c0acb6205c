package spillway.analytics.chunk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import spillway.analytics.event.Event;
import spillway.analytics.event.Kind;

/**
 * Which row an event belongs in: a function of the event.
 *
 * @param minute start of the minute its events happened in
 * @param chunk of the log, its topic told by the kind; for an event with an id of its own, that id: the row is the event's alone
 * @param partition of the topic
 */
public record RowKey(long postId, Kind kind, Instant minute, long chunk, int partition) {

    static RowKey of(Event event) {
        long chunk = switch (event.kind().identity()) {
            case PLACE -> Chunk.of(event.id());
            case OWN -> event.id();
        };
        return new RowKey(
                event.postId(), event.kind(), event.at().truncatedTo(ChronoUnit.MINUTES), chunk, event.partition());
    }

    /** Where in the row the event stands: later in the log, higher; the only event of a row stands at 0. */
    static int place(Event event) {
        return switch (event.kind().identity()) {
            case PLACE -> Chunk.within(event.id());
            case OWN -> 0;
        };
    }
}
