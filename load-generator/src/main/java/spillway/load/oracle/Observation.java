package spillway.load.oracle;

import java.util.Map;

/**
 * What was read back after the drain, by post id. A post that was asked for and did not come is absent from the map.
 *
 * @param votes what each asked user was told about their own like
 */
public record Observation(Map<String, Counts> counts, Map<String, Reading> posts, Map<ExpectedVote, Vote> votes) {

    public Observation {
        counts = Map.copyOf(counts);
        posts = Map.copyOf(posts);
        votes = Map.copyOf(votes);
    }

    /** The counts of one post. */
    public record Counts(long likes, long comments) {}

    /** What a user was told about their own like. */
    public enum Vote {
        LIKED,
        NOT_LIKED,
        UNREADABLE
    }

    /** What reading a post gave: the post, or the reason why there is none. */
    public sealed interface Reading {}

    public record Found(String author, String content) implements Reading {}

    public record Unreadable(String reason) implements Reading {}
}
