package spillway.gateway.edge;

import java.util.List;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;

/**
 * One view, as {@code POST /v1/views} takes it.
 *
 * @param userId the subject of the token that the gateway has checked, nothing the caller says (invariant I9)
 */
record EdgeView(PostId postId, UserId userId) {

    static final Bulk<EdgeView> BULK = new Bulk<>("/v1/views", Batch::new, ViewsResult.class);

    private record Batch(List<EdgeView> views) {}
}
