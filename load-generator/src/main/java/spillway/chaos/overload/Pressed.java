package spillway.chaos.overload;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What post-metrics-service said of its pressure at an instant.
 *
 * @param at seconds after the traffic began
 * @param backlog accepted likes that are not counted; null when it did not know
 * @param drain likes counted per second, lately, while there was a backlog; null when it did not know
 * @param oldest seconds for which the oldest of them had waited; null when it did not know
 */
record Pressed(
        double at,
        @Nullable Double backlog,
        @Nullable Double drain,
        @Nullable Double oldest) {

    static Pressed of(double at, JsonNode body) {
        Double oldest = number(body, "oldestLikeMillis");
        return new Pressed(
                at, number(body, "backlog"), number(body, "drainPerSecond"), oldest == null ? null : oldest / 1e3);
    }

    private static @Nullable Double number(JsonNode body, String field) {
        JsonNode node = body.path(field);
        return node.isNumber() ? node.asDouble() : null;
    }
}
