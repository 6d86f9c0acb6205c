package spillway.analytics.chunk;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import spillway.analytics.chunk.Simulation.Violation;
import spillway.analytics.event.Event;

/** Every event once under thousands of schedules, and proof that each guard is needed: without it, some schedule goes wrong. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("spillway.simulation.schedules", 5_000);

    private static void run(LongFunction<PartitionRows> kernel) {
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            new Simulation(seed, kernel).run();
        }
    }

    private static void goesWrong(LongFunction<PartitionRows> kernel) {
        assertThatExceptionOfType(Violation.class).isThrownBy(() -> run(kernel));
    }

    private static LongFunction<PartitionRows> withRows(Function<RowKey, EventRow> rows) {
        return stored -> new PartitionRows(stored) {
            @Override
            EventRow row(RowKey key) {
                return rows.apply(key);
            }
        };
    }

    @Test
    void everySchedule_storesExactlyWhatTheLogSays() {
        run(PartitionRows::new);
    }

    @Test
    void withReadingOnFromTheCommittedOffset_restartsCutTheBeginningsOfRows() {
        goesWrong(stored -> new PartitionRows(stored, stored));
    }

    @Test
    void withWhatFailedTakenForStored_eventsAreLost() {
        goesWrong(stored -> new PartitionRows(stored) {
            @Override
            public long stored() {
                return next();
            }
        });
    }

    @Test
    void withTheLastEventsTimeAsTimestamp_shorterPrefixesWin() {
        goesWrong(withRows(key -> new EventRow(key) {
            private long last;

            @Override
            boolean add(Event event) {
                last = event.at().toEpochMilli() * 1_000;
                return super.add(event);
            }

            @Override
            public long timestamp() {
                return last;
            }
        }));
    }

    @Test
    void withTheMinuteAsTimestamp_anyPrefixWins() {
        goesWrong(withRows(key -> new EventRow(key) {
            @Override
            long order(int last, int count) {
                return 0;
            }
        }));
    }

    @Test
    void withoutTheNumberOfEvents_aReplayOfACompactedLogTakesEventsAway() {
        goesWrong(withRows(key -> new EventRow(key) {
            @Override
            long order(int last, int count) {
                return last;
            }
        }));
    }

    @Test
    void withoutTheLookAtPlaces_aSecondDeliveryCountsTwice() {
        goesWrong(withRows(key -> new EventRow(key) {
            @Override
            boolean isFurther(int place, int last) {
                return true;
            }
        }));
    }
}
