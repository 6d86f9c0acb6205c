package spillway.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Door.NoReply;
import spillway.chaos.site.Door.NotSent;
import spillway.chaos.site.Door.Reply;
import spillway.chaos.site.Door.Request;
import tools.jackson.databind.JsonNode;

/** Reads counts as any client does. Thread-safe. */
final class Counts {

    private static final int MOST_POSTS = 100;

    private final Door door;
    private final Crowd crowd;
    private final List<String> postIds;

    Counts(Door door, Crowd crowd, List<String> postIds) {
        this.door = door;
        this.crowd = crowd;
        this.postIds = List.copyOf(postIds);
    }

    /**
     * What was read of one post.
     *
     * @param pending by how many operations the value may be behind; null when the system does not know
     */
    record Count(long value, @Nullable Long pending) {}

    /** The counts of posts by their numbers; those that could not be read are absent. */
    Map<Integer, Count> read(List<Integer> posts) {
        Map<Integer, Count> counts = new HashMap<>();
        for (int from = 0; from < posts.size(); from += MOST_POSTS) {
            counts.putAll(readSome(posts.subList(from, Math.min(from + MOST_POSTS, posts.size()))));
        }
        return counts;
    }

    private Map<Integer, Count> readSome(List<Integer> posts) {
        Map<String, Integer> numbers = new HashMap<>();
        posts.forEach(post -> numbers.put(postIds.get(post), post));
        Map<Integer, Count> counts = new HashMap<>();
        try {
            Reply reply =
                    door.send(Request.of("GET", "/v1/metrics?ids=" + String.join(",", numbers.keySet())), reader());
            if (reply.isSuccess()) {
                for (JsonNode item : reply.body().path("items")) {
                    Integer post = numbers.get(item.path("postId").asString(""));
                    JsonNode likes = item.path("likes");
                    if (post != null && likes.path("value").isNumber()) {
                        JsonNode pending = likes.path("pending");
                        counts.put(
                                post,
                                new Count(likes.path("value").asLong(), pending.isNumber() ? pending.asLong() : null));
                    }
                }
            }
        } catch (NotSent | NoReply e) {
            // Nothing was read, which the caller sees.
        }
        return counts;
    }

    /** What a single user is told about their own like; null when nobody says. */
    @Nullable Boolean vote(int pair) {
        String path = "/v1/posts/" + postIds.get(crowd.post(pair)) + "/like";
        try {
            Reply reply = door.send(Request.of("GET", path), new Caller(crowd.userId(crowd.user(pair)), false));
            JsonNode liked = reply.body().path("liked");
            return (reply.isSuccess() && liked.isBoolean()) ? liked.asBoolean() : null;
        } catch (NotSent | NoReply e) {
            return null;
        }
    }

    private Caller reader() {
        return new Caller(crowd.userId(0), false);
    }
}
