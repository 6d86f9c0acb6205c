package spillway.content.insert;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way a new post can take. Both keep the same promises; they differ in what a post costs. */
public enum InsertPath {
    /** A transaction of its own. */
    @JsonProperty("single")
    SINGLE,
    /** One transaction with the others that come for its shard at the same time. */
    @JsonProperty("batched")
    BATCHED
}
