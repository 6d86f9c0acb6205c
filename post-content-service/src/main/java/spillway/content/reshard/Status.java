package spillway.content.reshard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far a reshard is, as operators see it. */
record Status(
        long id,
        int from,
        int to,
        String plan,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        String worker,
        Rows rows,
        Pause pause,
        List<MoveStatus> moves) {

    enum State {
        RUNNING,
        PAUSED,
        /** A move found something that it cannot mend. */
        HALTED,
        /** Every slot has its new owner; the old one follows. */
        CUT_OVER,
        ABORTING,
        ROLLING_BACK,
        ABORTED,
        ROLLED_BACK,
        FINISHING,
        DONE
    }

    /**
     * @param estimated how many there were when it began
     * @param perSecond on average over the time of copying
     */
    record Rows(long copied, long estimated, long perSecond) {}

    /** How long writes of a group of slots waited for a change of owner. */
    record Pause(int count, double p50Millis, double p99Millis, double maxMillis) {

        static Pause of(List<Long> micros) {
            List<Long> sorted = micros.stream().sorted().toList();
            return new Pause(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(List<Long> sorted, double quantile) {
            int index = (int) Math.ceil(quantile * sorted.size()) - 1;
            return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, index)) / 1000.0;
        }
    }

    /** Changes that have not been mirrored. */
    record Lag(long rows) {}

    /** Pieces compared in the present pass. */
    record Verified(long chunks) {}

    /** One move. */
    record MoveStatus(
            long id,
            int source,
            int target,
            String slots,
            int slotCount,
            MoveState state,
            Rows rows,
            Lag lag,
            Verified verified,
            long differences,
            int handedOver,
            Pause pause,
            @Nullable String error) {}

    static Status of(Reshards.Recorded recorded, List<Reshards.Row> moves, Instant now) {
        List<MoveStatus> all = moves.stream().map(row -> of(row, now)).toList();
        return new Status(
                recorded.id(),
                recorded.fromShards(),
                recorded.toShards(),
                recorded.plan(),
                state(recorded, moves),
                recorded.startedAt(),
                recorded.endedAt(),
                recorded.worker() ? "present" : "absent",
                new Rows(
                        all.stream().mapToLong(move -> move.rows().copied()).sum(),
                        all.stream().mapToLong(move -> move.rows().estimated()).sum(),
                        all.stream().mapToLong(move -> move.rows().perSecond()).sum()),
                Pause.of(moves.stream()
                        .map(Reshards.Row::pauseMicros)
                        .flatMap(List::stream)
                        .toList()),
                all);
    }

    private static MoveStatus of(Reshards.Row row, Instant now) {
        Journal.Progress progress = row.progress();
        Instant since = row.copyingSince();
        Instant until = row.copiedAt() == null ? now : row.copiedAt();
        long millis =
                since == null ? 0 : Math.max(1, Duration.between(since, until).toMillis());
        return new MoveStatus(
                row.move().id(),
                row.move().source(),
                row.move().target(),
                row.move().slots().toString(),
                row.move().slots().size(),
                row.state(),
                new Rows(progress.copied(), row.estimated(), millis == 0 ? 0 : progress.copied() * 1000 / millis),
                new Lag(progress.waiting()),
                new Verified(progress.verified()),
                progress.differences(),
                progress.handedOver(),
                Pause.of(row.pauseMicros()),
                row.halted());
    }

    private static State state(Reshards.Recorded recorded, List<Reshards.Row> moves) {
        Stream<MoveState> states = moves.stream().map(Reshards.Row::state);
        boolean over = recorded.endedAt() != null;
        boolean halted = moves.stream().anyMatch(row -> row.halted() != null);
        return switch (recorded.wish()) {
            case ABORT -> over ? State.ABORTED : State.ABORTING;
            case ROLLBACK -> over ? State.ROLLED_BACK : halted ? State.HALTED : State.ROLLING_BACK;
            case FINISH -> over ? State.DONE : State.FINISHING;
            case PAUSE -> State.PAUSED;
            case RUN ->
                halted
                        ? State.HALTED
                        : states.allMatch(state -> state == MoveState.NEW) ? State.CUT_OVER : State.RUNNING;
        };
    }
}
