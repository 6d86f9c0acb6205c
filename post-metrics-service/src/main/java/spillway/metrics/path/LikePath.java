package spillway.metrics.path;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A way a like can take. Only {@link #BATCHED} keeps the promises of the platform: the other two acknowledge what is in
 * Redis alone, which forgets the last second when it crashes, and no log remembers it.
 */
public enum LikePath {
    /** One script per like on the post's only key. */
    @JsonProperty("direct")
    DIRECT,
    /** The same on one of several sub-keys of the post, chosen by the user. */
    @JsonProperty("split")
    SPLIT,
    /** Through the log and the batcher. */
    @JsonProperty("batched")
    BATCHED
}
