package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import spillway.batcher.collapse.Simulation.Kernel;
import spillway.batcher.collapse.Simulation.Violation;
import spillway.batcher.redis.LuaRedis;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.Watermark;

/** Invariant I2 under thousands of schedules, and proof that each guard is needed: without it, some schedule goes wrong. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("spillway.simulation.schedules", 10_000);
    private static final String SCRIPT = LuaRedis.deployedScript();

    private static PartitionBatch whole(CounterStore store, Window window) {
        return new PartitionBatch(0, store, window);
    }

    private static void run(String script, Kernel kernel) {
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            new Simulation(seed, script, kernel).run();
        }
    }

    private static void goesWrong(String script, Kernel kernel) {
        assertThatExceptionOfType(Violation.class).isThrownBy(() -> run(script, kernel));
    }

    private static String damaged(String from, String to) {
        assertThat(SCRIPT).contains(from);
        return SCRIPT.replace(from, to);
    }

    @Test
    void everySchedule_countsExactlyWhatTheLogSays() {
        run(SCRIPT, SimulationTest::whole);
    }

    @Test
    void withoutTheCompare_aZombieWins() {
        goesWrong(damaged("if current ~= ARGV[1] then", "if false then"), SimulationTest::whole);
    }

    @Test
    void withOffsetsComparedAsNumbers_neighboursPast2To53AreTakenForEqual() {
        String number = "tonumber(string.match(%s, '[^:]*$'))";
        goesWrong(
                damaged(
                        "if current ~= ARGV[1] then",
                        "if " + number.formatted("current") + " ~= " + number.formatted("ARGV[1]") + " then"),
                SimulationTest::whole);
    }

    @Test
    void withoutTheNewWatermark_nothingIsEverFinished() {
        goesWrong(damaged("redis.call('SET', KEYS[1], ARGV[2])", ""), SimulationTest::whole);
    }

    @Test
    void withCountsMovedByWhatWasAskedInsteadOfWhatChanged_aSecondLikeCountsTwice() {
        goesWrong(damaged("if delta ~= 0 then", "delta = adds - removes\n  if delta ~= 0 then"), SimulationTest::whole);
    }

    @Test
    void withoutTheCompareOfSequences_aLateRetryUndoesWhatCameAfterIt() {
        goesWrong(damaged("if newer(sequence, known[i]) then", "if true then"), SimulationTest::whole);
    }

    @Test
    void withoutRememberedSequences_aLateRetryUndoesWhatAnEarlierWindowDid() {
        goesWrong(damaged("redis.call('HSET', sequences, unpack(news))", ""), SimulationTest::whole);
    }

    @Test
    void withoutTheEffectOfPlainOperations_aKnownSequenceSwallowsTheOnesBeforeIt() {
        goesWrong(damaged("local effect = string.sub(effects, 2, 2)", "local effect = '.'"), SimulationTest::whole);
    }

    @Test
    void withABucketChosenByLoad_aReplayCountsInAnotherBucket() {
        Random load = new Random(1);
        goesWrong(SCRIPT, (store, window) -> new PartitionBatch(0, store, window) {
            @Override
            int bucket(long post) {
                return load.nextInt(CounterLayout.BUCKETS);
            }
        });
    }

    @Test
    void withBucketsFlushedThatAreAhead_aWatermarkGoesBackUnderItsCounts() {
        goesWrong(SCRIPT, (store, window) -> new PartitionBatch(0, store, window) {
            @Override
            boolean behind(int bucket, long through) {
                return true;
            }
        });
    }

    @Test
    void withReadingOnFromTheHighestWatermark_theBucketsBehindLoseLikes() {
        goesWrong(SCRIPT, (store, window) -> new PartitionBatch(0, store, window) {
            @Override
            public long place(String currentTopicId, List<Watermark> stored, long end) {
                super.place(currentTopicId, stored, end);
                return stored.stream().mapToLong(Watermark::offset).max().orElseThrow() + 1;
            }
        });
    }
}
