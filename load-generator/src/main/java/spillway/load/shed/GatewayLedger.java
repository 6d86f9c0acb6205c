package spillway.load.shed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spillway.load.plan.TrafficClass;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What gateways have shed since they started.
 *
 * @param shed by class and reason
 * @param answered callers who were told so, also of what a service refused
 */
record GatewayLedger(Map<Cause, Amount> shed, Map<TrafficClass, Long> answered) {

    static final GatewayLedger EMPTY = new GatewayLedger(Map.of(), Map.of());

    record Cause(TrafficClass trafficClass, String reason) {}

    GatewayLedger {
        shed = Map.copyOf(shed);
        answered = Map.copyOf(answered);
    }

    /** Nothing when one of them does not answer in time, or with something else. */
    static Optional<GatewayLedger> read(List<URI> ledgers, Duration timeout) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            GatewayLedger sum = EMPTY;
            for (URI ledger : ledgers) {
                HttpRequest question =
                        HttpRequest.newBuilder(ledger).timeout(timeout).build();
                HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
                JsonNode tree = JsonMapper.shared().readTree(answer.body());
                if (answer.statusCode() != 200 || !tree.has("total") || !tree.has("answered")) {
                    return Optional.empty();
                }
                sum = sum.plus(of(tree));
            }
            return Optional.of(sum);
        } catch (IOException | JacksonException away) {
            return Optional.empty();
        }
    }

    private static GatewayLedger of(JsonNode tree) {
        Map<Cause, Amount> shed = new HashMap<>();
        for (JsonNode line : tree.path("total")) {
            Cause cause = new Cause(
                    trafficClass(line.path("traffic").asString("")),
                    line.path("reason").asString(""));
            shed.merge(
                    cause,
                    new Amount(line.path("count").asLong(0), line.path("weight").asLong(0)),
                    Amount::plus);
        }
        Map<TrafficClass, Long> answered = new EnumMap<>(TrafficClass.class);
        for (JsonNode line : tree.path("answered")) {
            answered.merge(
                    trafficClass(line.path("traffic").asString("")),
                    line.path("count").asLong(0),
                    Long::sum);
        }
        return new GatewayLedger(shed, answered);
    }

    /** Our class of the gateway's; nothing here sends shares, and what it cannot name is what only reads a door. */
    private static TrafficClass trafficClass(String tag) {
        return switch (tag) {
            case "post" -> TrafficClass.POSTS;
            case "comment" -> TrafficClass.COMMENTS;
            case "like", "share" -> TrafficClass.LIKES;
            case "view" -> TrafficClass.VIEWS;
            default -> TrafficClass.READS;
        };
    }

    GatewayLedger plus(GatewayLedger other) {
        Map<Cause, Amount> both = new HashMap<>(shed);
        other.shed.forEach((cause, amount) -> both.merge(cause, amount, Amount::plus));
        Map<TrafficClass, Long> told = new HashMap<>(answered);
        other.answered.forEach((trafficClass, count) -> told.merge(trafficClass, count, Long::sum));
        return new GatewayLedger(both, told);
    }

    /** What has come since an earlier reading; nothing where a gateway began anew in between and counts from zero. */
    Optional<GatewayLedger> since(GatewayLedger before) {
        Map<Cause, Amount> more = new HashMap<>(shed);
        before.shed.forEach((cause, amount) -> more.merge(cause, amount, (now, then) -> now.minus(then)));
        Map<TrafficClass, Long> told = new HashMap<>(answered);
        before.answered.forEach((trafficClass, count) -> told.merge(trafficClass, count, (now, then) -> now - then));
        boolean anew = !shed.keySet().containsAll(before.shed.keySet())
                || !answered.keySet().containsAll(before.answered.keySet())
                || more.values().stream().anyMatch(amount -> amount.count() < 0)
                || told.values().stream().anyMatch(count -> count < 0);
        return anew ? Optional.empty() : Optional.of(new GatewayLedger(more, told));
    }
}
