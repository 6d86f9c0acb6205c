package spillway.gateway.expand;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer of the content service whose posts get their metrics: one post, or a list of them in {@code items}. */
final class Expansion {

    private static final String METRICS = "metrics";
    private static final String MISSING = "metricsMissing";

    private final JsonNode answer;
    private final List<ObjectNode> posts;

    private Expansion(JsonNode answer, List<ObjectNode> posts) {
        this.answer = answer;
        this.posts = posts;
    }

    static Expansion ofPost(JsonNode answer) {
        return new Expansion(answer, List.of((ObjectNode) answer));
    }

    static Expansion ofList(JsonNode answer) {
        return new Expansion(
                answer,
                answer.path("items").valueStream().map(ObjectNode.class::cast).toList());
    }

    List<String> ids() {
        return posts.stream().map(Expansion::id).toList();
    }

    /** The answer with what is known put into it. */
    JsonNode with(Counts counts) {
        for (ObjectNode post : posts) {
            switch (counts) {
                case Counts.Known known -> put(post, known.byPost().get(id(post)));
                case Counts.None none -> put(post, none.why());
            }
        }
        return answer;
    }

    private static void put(ObjectNode post, @Nullable JsonNode metrics) {
        if (metrics == null) {
            put(post, Missing.UNKNOWN);
        } else {
            post.set(METRICS, metrics);
        }
    }

    private static void put(ObjectNode post, Missing why) {
        post.putNull(METRICS).put(MISSING, why.tag());
    }

    private static String id(ObjectNode post) {
        return post.path("id").asString();
    }
}
