package spillway.gateway.expand;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What became of the question for some posts' metrics. */
sealed interface Counts {

    /**
     * It was answered.
     *
     * @param byPost the metrics of each post that post-metrics-service knows, by id
     */
    record Known(Map<String, JsonNode> byPost) implements Counts {
        public Known {
            byPost = Map.copyOf(byPost);
        }
    }

    /** It was not. */
    record None(Missing why) implements Counts {}
}
