package spillway.load.run;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spillway.load.oracle.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * An HTTP answer, whole.
 *
 * @param outcome what it says of the request
 */
record Answer(int status, @Nullable String retryAfter, Buffer body, Outcome outcome) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** To views that another one stands for, so that nobody needs to send them again. */
    private static final Set<String> NOT_TAKEN = Set.of("{\"status\":\"sampled\"}", "{\"status\":\"coalesced\"}");

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    static Answer of(int status, @Nullable String retryAfter, Buffer body) {
        return new Answer(status, retryAfter, body, outcome(status, body));
    }

    /**
     * What the answer says of the request. Every 503 of the system is a problem that says which kind it is: refused with
     * no effect, or outcome unknown. An intermediary's 502 and 504 know nothing of what happened behind it. A 409 to a
     * write is the earlier attempt with the same Idempotency-Key, still under way: this one had no effect. A view that was
     * answered with 202 because another one stands for it is shed, as it is in the gateway's books.
     */
    private static Outcome outcome(int status, Buffer body) {
        if (status < 400) {
            return status == 202 && NOT_TAKEN.contains(body.toString()) ? Outcome.SHED : Outcome.ACCEPTED;
        }
        return switch (status) {
            case 409, 429 -> Outcome.SHED;
            case 502, 504 -> Outcome.UNKNOWN;
            case 503 -> unavailable(body);
            default -> status < 500 ? Outcome.REJECTED : Outcome.FAILED;
        };
    }

    /** Whether the gateway has it in its books as shed: all of ours but an attempt that met an earlier one. */
    boolean isShedByGateway() {
        return outcome == Outcome.SHED && status != 409;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** What an answer without JSON holds. */
    static final JsonNode NOTHING = MissingNode.getInstance();

    /** The body, or a missing node when it is no JSON. */
    JsonNode json() {
        return json(body);
    }

    private static JsonNode json(Buffer body) {
        try {
            JsonNode node = JSON.readTree(body.getBytes());
            return node == null ? NOTHING : node;
        } catch (JacksonException noJson) {
            return NOTHING;
        }
    }

    /** How long the answer asks to wait before another attempt, bounded; null when it does not say. */
    @Nullable Duration pause() {
        if (retryAfter == null || !retryAfter.matches("\\d{1,9}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private static Outcome unavailable(Buffer body) {
        JsonNode problem = json(body);
        if ("unknown".equals(problem.path("outcome").asString(""))) {
            return Outcome.UNKNOWN;
        }
        return problem.has("type") ? Outcome.SHED : Outcome.FAILED;
    }
}
