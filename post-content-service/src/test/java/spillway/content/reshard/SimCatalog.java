package spillway.content.reshard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** The catalog in memory. */
final class SimCatalog {

    /** Where a slot is, since when. */
    record Place(int shard, long epoch) {}

    private static final class Known {
        private MoveState state = MoveState.OLD;
        private Wish wish = Wish.RUN;
        private @Nullable String halted;
    }

    private final Simulation world;
    private final Map<Long, Known> moves = new HashMap<>();
    private final Map<Slot, Place> places = new HashMap<>();

    SimCatalog(Simulation world) {
        this.world = world;
    }

    void begin(long move) {
        moves.put(move, new Known());
    }

    private Known known(long move) {
        Known known = moves.get(move);
        if (known == null) {
            throw new IllegalStateException("no move " + move);
        }
        return known;
    }

    MoveState state(long move) {
        return known(move).state;
    }

    Wish wish(long move) {
        return known(move).wish;
    }

    void wish(long move, Wish wish) {
        known(move).wish = wish;
    }

    @Nullable String halted(long move) {
        return known(move).halted;
    }

    void resume(long move) {
        known(move).halted = null;
    }

    Place place(Slot slot) {
        return places.getOrDefault(slot, new Place(0, 1));
    }

    /** As one process sees it. */
    final class View implements Journal {

        private final SimProcess process;

        View(SimProcess process) {
            this.process = process;
        }

        private void before() {
            process.step();
            after();
        }

        private void after() {
            if (world.fails()) {
                throw new DataAccessResourceFailureException("no answer from the catalog");
            }
        }

        @Override
        public Entry entry(long move) {
            before();
            Known known = known(move);
            return new Entry(known.state, known.wish, known.halted);
        }

        @Override
        public boolean advance(long move, MoveState from, MoveState to) {
            before();
            Known known = known(move);
            boolean fits = known.state == from;
            if (fits) {
                known.state = to;
                known.halted = null;
            }
            after();
            return fits;
        }

        @Override
        public void assign(Map<Slot, Long> epochs, int shard) {
            before();
            epochs.forEach((slot, epoch) -> {
                if (place(slot).epoch() < epoch) {
                    places.put(slot, new Place(shard, epoch));
                }
            });
            after();
        }

        @Override
        public void paused(long move, SlotSet slots, Duration pause) {
            before();
        }

        @Override
        public void report(long move, Progress progress) {
            before();
        }

        @Override
        public void halt(long move, MoveState during, String why) {
            before();
            if (known(move).state == during) {
                known(move).halted = why;
                world.halted(why);
            }
        }
    }
}
