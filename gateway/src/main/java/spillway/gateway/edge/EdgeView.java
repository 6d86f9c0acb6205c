package spillway.gateway.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * One view, as {@code POST /v1/views} takes it.
 *
 * @param userId the subject of the token that the gateway has checked, nothing the caller says (invariant I9)
 * @param weight how many views it stands for; null, which is not sent, for one
 */
record EdgeView(
        PostId postId,
        UserId userId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer weight) {

    static final Bulk<EdgeView> BULK = new Bulk<>("/v1/views", Batch::new, ViewsResult.class);

    static EdgeView of(PostId post, UserId user, int weight) {
        return new EdgeView(post, user, weight == 1 ? null : weight);
    }

    private record Batch(List<EdgeView> views) {}
}
