package spillway.load.run;

import io.vertx.core.http.HttpMethod;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.AddComment;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Knock;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.ReadMetrics;
import spillway.load.plan.Operation.ReadPost;
import spillway.load.plan.Operation.Unlike;
import spillway.load.plan.Operation.View;
import spillway.load.plan.TrafficClass;
import tools.jackson.databind.json.JsonMapper;

/** Operations as HTTP requests. */
final class Requests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Requests() {}

    /**
     * @param postId the id of the operation's post, empty for one that is about to be created
     * @param key the idempotency key of this intent, used where an attempt could otherwise count twice
     */
    static Call of(Operation operation, String postId, CharSequence authorization, String key) {
        String post = "/v1/posts/" + postId;
        TrafficClass kind = operation.trafficClass();
        return switch (operation) {
            case CreatePost creation ->
                new Call(kind, HttpMethod.POST, "/v1/posts", authorization, key, content(creation.content()));
            case AddComment comment ->
                new Call(kind, HttpMethod.POST, post + "/comments", authorization, key, content(comment.content()));
            case Like like -> new Call(kind, HttpMethod.PUT, post + "/like", authorization, null, null);
            case Unlike unlike -> new Call(kind, HttpMethod.DELETE, post + "/like", authorization, null, null);
            case Knock knock -> new Call(kind, HttpMethod.PUT, post + "/empty", authorization, null, null);
            case View view -> new Call(kind, HttpMethod.POST, post + "/views", authorization, null, null);
            case ReadPost read -> Call.get(post, authorization);
            case ReadMetrics read -> Call.get(post + "/metrics", authorization);
        };
    }

    private static String content(String text) {
        return JSON.createObjectNode().put("content", text).toString();
    }
}
