package spillway.lab.reshard;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A reshard as the service tells it.
 *
 * @param from shards before
 * @param to shards after
 * @param workerPresent whether somebody works on it now
 * @param said all of it, as it came
 */
public record Status(
        long id,
        int from,
        int to,
        String plan,
        Phase phase,
        Instant startedAt,
        @Nullable Instant endedAt,
        boolean workerPresent,
        Rows rows,
        Pause pause,
        List<Move> moves,
        JsonNode said) {

    public Status {
        moves = List.copyOf(moves);
    }

    /** Rows of the backfill. */
    public record Rows(long copied, long estimated, long perSecond) {

        static Rows of(JsonNode node) {
            return new Rows(
                    node.path("copied").asLong(0),
                    node.path("estimated").asLong(0),
                    node.path("perSecond").asLong(0));
        }
    }

    /** How long handovers of slots held up their writers. */
    public record Pause(long count, double p50Millis, double p99Millis, double maxMillis) {

        public static final Pause NONE = new Pause(0, 0, 0, 0);

        static Pause of(JsonNode node) {
            return new Pause(
                    node.path("count").asLong(0),
                    node.path("p50Millis").asDouble(0),
                    node.path("p99Millis").asDouble(0),
                    node.path("maxMillis").asDouble(0));
        }
    }

    /**
     * The slots that go from one shard to one other.
     *
     * @param lag rows that the mirror has not carried over yet
     * @param verified chunks of the present pass that were equal
     * @param toVerify chunks of a pass; 0 when that is not known
     * @param differences found and not explained by rows on their way
     * @param handedOver slots that the target owns
     */
    public record Move(
            long id,
            int source,
            int target,
            int slotCount,
            Stage stage,
            Rows rows,
            long lag,
            long verified,
            long toVerify,
            long differences,
            int handedOver,
            Pause pause,
            Optional<String> error) {

        static Move of(JsonNode node) throws IOException {
            return new Move(
                    node.path("id").asLong(0),
                    node.path("source").asInt(0),
                    node.path("target").asInt(0),
                    node.path("slotCount").asInt(0),
                    value(Stage.class, node.path("state")),
                    Rows.of(node.path("rows")),
                    node.path("lag").path("rows").asLong(0),
                    node.path("verified").path("chunks").asLong(0),
                    node.path("verified").path("of").asLong(0),
                    node.path("differences").asLong(0),
                    node.path("handedOver").asInt(0),
                    Pause.of(node.path("pause")),
                    node.path("error").stringValueOpt());
        }

        /** The share of its present stage that is done, 0 to 1. */
        double done() {
            return switch (stage) {
                case OLD, MIRROR, FINISHING, ABORTED, ROLLED_BACK -> 0;
                case BACKFILL -> share(rows.copied(), rows.estimated());
                case VERIFY -> share(verified, toVerify);
                case SEAL -> share(handedOver, slotCount);
                case ROLLING_BACK -> 1 - share(handedOver, slotCount);
                case NEW, DONE -> 1;
            };
        }

        private static double share(long part, long whole) {
            return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
        }
    }

    static Status of(JsonNode node) throws IOException {
        List<Move> moves = new ArrayList<>();
        for (JsonNode move : node.path("moves")) {
            moves.add(Move.of(move));
        }
        return new Status(
                node.path("id").asLong(0),
                node.path("from").asInt(0),
                node.path("to").asInt(0),
                node.path("plan").asString(""),
                value(Phase.class, node.path("state")),
                instant(node.path("startedAt")).orElseThrow(() -> new IOException("a status without its begin")),
                instant(node.path("endedAt")).orElse(null),
                node.path("worker").asString("").equals("present"),
                Rows.of(node.path("rows")),
                Pause.of(node.path("pause")),
                moves,
                node);
    }

    private static Optional<Instant> instant(JsonNode node) throws IOException {
        Optional<String> text = node.stringValueOpt();
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new IOException("no time: " + text.orElse(""), e);
        }
    }

    private static <E extends Enum<E>> E value(Class<E> type, JsonNode node) throws IOException {
        String name = node.asString("");
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a state of a reshard: " + name, e);
        }
    }
}
