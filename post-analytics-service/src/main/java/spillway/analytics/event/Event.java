package spillway.analytics.event;

import java.time.Instant;

/**
 * One thing that happened to a post. The same delivery always gives the same event, so storing it again changes nothing.
 *
 * @param postId positive
 * @param at when it happened, to the millisecond
 * @param id unique among the events of one kind, post and millisecond
 * @param userId who did it; 0 when nobody is known
 * @param weight how many of its kind it stands for, at least 1
 * @param partition of the record it came from: spreads the events of one post
 */
public record Event(long postId, Kind kind, Instant at, long id, long userId, long weight, int partition) {

    public Event {
        if (postId <= 0) {
            throw new IllegalArgumentException("post id must be positive: " + postId);
        }
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be at least 1: " + weight);
        }
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative: " + partition);
        }
    }
}
