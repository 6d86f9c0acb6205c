package spillway.content.insert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way a new post or comment can take. Both keep the same promises; they differ in what one costs. */
public enum InsertPath {
    /** A transaction of its own. */
    @JsonProperty("single")
    SINGLE,
    /** One transaction with others that come for its shard at the same time. */
    @JsonProperty("batched")
    BATCHED
}
