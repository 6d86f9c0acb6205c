package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * One like, or its end, as {@code POST /v1/likes} takes it.
 *
 * @param userId the subject of the token that the gateway has checked, nothing the caller says (invariant I9)
 */
record EdgeLike(PostId postId, UserId userId, Operation op) {

    enum Operation {
        @JsonProperty("like")
        LIKE,
        @JsonProperty("unlike")
        UNLIKE
    }
}
