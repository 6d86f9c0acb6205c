package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * One like, or its end, as {@code POST /v1/likes} takes it.
 *
 * @param userId the subject of the token that the gateway has checked, nothing the caller says (invariant I9)
 */
record EdgeLike(PostId postId, UserId userId, Operation op) {

    static final Bulk<EdgeLike> BULK = new Bulk<>("/v1/likes", Batch::new, LikesResult.class);

    enum Operation {
        @JsonProperty("like")
        LIKE,
        @JsonProperty("unlike")
        UNLIKE
    }

    static EdgeLike like(PostId post, UserId user) {
        return new EdgeLike(post, user, Operation.LIKE);
    }

    static EdgeLike unlike(PostId post, UserId user) {
        return new EdgeLike(post, user, Operation.UNLIKE);
    }

    private record Batch(List<EdgeLike> likes) {}
}
