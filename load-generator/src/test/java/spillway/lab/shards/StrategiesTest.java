package spillway.lab.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import spillway.lab.shards.strategy.KeyLoads;
import spillway.lab.shards.strategy.Kind;
import spillway.lab.shards.strategy.Strategy;
import spillway.load.plan.Zipf;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;

class StrategiesTest {

    private static final int SEEDS = 300;

    private static final KeyLoads ALIKE = KeyLoads.of(
            new SplittableRandom(1).longs(100_000, 1, Long.MAX_VALUE).toArray());

    private static final KeyLoads SLOTS = aKeyForEachSlot();

    @ParameterizedTest
    @EnumSource
    void aKey_isOnAShardThatExists_theSameEachTime(Kind kind) {
        Strategy strategy = kind.over(ALIKE, 8);
        Strategy again = kind.over(ALIKE, 8);
        for (int place = 0; place < ALIKE.size(); place++) {
            int shard = strategy.shardOf(ALIKE.key(place));
            assertThat(shard).isBetween(0, 7).isEqualTo(again.shardOf(ALIKE.key(place)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyNeverSeen_hasAShard_too(Kind kind) {
        Strategy strategy = kind.over(KeyLoads.of(new long[] {5, 6, 7}), 8);

        assertThat(strategy.shardOf(1)).isBetween(0, 7);
        assertThat(strategy.shardOf(Long.MAX_VALUE)).isBetween(0, 7);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MODULO")
    void growing_movesKeysToNewShardsOnly(Kind kind) {
        for (int more : new int[] {9, 13, 16}) {
            assertThat(growth(kind, ALIKE, 8, more).betweenOld()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "JUMP", "SLOT_MAP", "DIRECTORY"})
    void growing_movesAboutTheNewShardsPart(Kind kind) {
        Movement doubled = growth(kind, ALIKE, 8, 16);
        Movement oneMore = growth(kind, ALIKE, 8, 9);

        assertThat(doubled.keys()).isCloseTo(0.5, within(0.05));
        assertThat(oneMore.keys()).isCloseTo(1 / 9.0, within(0.02));
    }

    @Test
    void modulo_movesHalfToTwiceAsMany_andEightOfNineToOneMore() {
        Movement doubled = growth(Kind.MODULO, ALIKE, 8, 16);
        Movement oneMore = growth(Kind.MODULO, ALIKE, 8, 9);

        assertThat(doubled.keys()).isCloseTo(0.5, within(0.01));
        assertThat(doubled.betweenOld()).isZero();
        assertThat(oneMore.keys()).isCloseTo(8 / 9.0, within(0.01));
        assertThat(oneMore.betweenOld()).isCloseTo(7 / 9.0, within(0.01));
    }

    @Test
    void slotMap_isThePlatformsHash_andTheCatalogsFirstMap() {
        Strategy strategy = Kind.SLOT_MAP.over(ALIKE, 8);

        for (long user = 1; user <= 10_000; user++) {
            assertThat(strategy.shardOf(user))
                    .isEqualTo(Slot.of(new UserId(user)).number() * 8 / Slot.COUNT);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "8, 9", "8, 16", "3, 47", "5, 1000", "1000, 1001"})
    void slotMap_staysEvenToASlot_andMovesNoSlotTooMany(int from, int to) {
        Strategy before = Kind.SLOT_MAP.over(SLOTS, from);
        Strategy after = before.grownTo(to);
        Load load = Outcome.load(after, SLOTS);

        assertThat(load.max()
                        - load.byShard().stream()
                                .mapToLong(Long::longValue)
                                .min()
                                .orElseThrow())
                .isBetween(0L, 1L);
        double inNewShards =
                load.byShard().stream().skip(from).mapToLong(Long::longValue).sum();
        assertThat(Movement.of(before, after, SLOTS).writes() * Slot.COUNT).isCloseTo(inNewShards, within(1e-6));
    }

    @Test
    void directory_exceedsTheMeanByOneKeyAtMost_alsoWhenItGrows() {
        for (int seed = 0; seed < SEEDS; seed++) {
            KeyLoads keys = zipf(seed);
            Strategy before = Kind.DIRECTORY.over(keys, 8);
            for (int more : new int[] {9, 11, 16}) {
                Strategy after = before.grownTo(more);
                assertThat(Outcome.load(before, keys).max())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(keys.total() / 8 + keys.heaviest());
                assertThat(Outcome.load(after, keys).max())
                        .as("seed %d, to %d", seed, more)
                        .isLessThanOrEqualTo(keys.total() / more + keys.heaviest());
            }
        }
    }

    @Test
    void directory_movesNoMoreWritesThanTheNewShardsPart_inFewKeys() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Movement doubled = growth(Kind.DIRECTORY, zipf(seed), 8, 16);

            assertThat(doubled.writes()).as("seed %d", seed).isLessThanOrEqualTo(0.5);
            assertThat(doubled.keys()).as("seed %d", seed).isLessThan(0.45);
        }
    }

    @Test
    void directory_takesNoShardBelowTheMean() {
        for (int seed = 0; seed < SEEDS; seed++) {
            KeyLoads keys = zipf(seed);
            Strategy before = Kind.DIRECTORY.over(keys, 8);
            List<Long> were = Outcome.load(before, keys).byShard();
            List<Long> are = Outcome.load(before.grownTo(9), keys).byShard();
            for (int shard = 0; shard < 8; shard++) {
                if (are.get(shard) < were.get(shard)) {
                    assertThat(are.get(shard))
                            .as("seed %d, shard %d", seed, shard)
                            .isGreaterThanOrEqualTo(keys.total() / 9);
                }
            }
        }
    }

    @Test
    void rangeWhoseFirstKeyIsHeaviest_isHalvedBehindIt() {
        KeyLoads keys = KeyLoads.of(new long[] {7, 7, 7, 7, 7, 7, 7, 7, 8});

        assertThat(Outcome.load(Kind.RANGE.over(keys, 1).grownTo(3), keys).byShard())
                .containsExactly(8L, 1L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "8, 9", "8, 16", "1, 2"})
    void range_keepsNeighboursTogether(int from, int to) {
        Strategy first = Kind.RANGE.over(ALIKE, from);
        Strategy strategy = from == to ? first : first.grownTo(to);
        int changes = 0;
        for (int place = 1; place < ALIKE.size(); place++) {
            changes += strategy.shardOf(ALIKE.key(place)) == strategy.shardOf(ALIKE.key(place - 1)) ? 0 : 1;
        }

        assertThat(changes).isEqualTo(to - 1);
        assertThat(Outcome.load(Kind.RANGE.over(ALIKE, from), ALIKE).peak()).isCloseTo(1, within(0.01));
    }

    @Test
    void rangeOfOneKey_isNotHalved() {
        KeyLoads one = KeyLoads.of(new long[] {7, 7, 7});

        assertThat(Outcome.load(Kind.RANGE.over(one, 1).grownTo(4), one).byShard())
                .containsExactly(3L, 0L, 0L, 0L);
    }

    @Test
    void range_ofIdsThatCountUp_hasAllThatIsNewOnOneShard() {
        long[] ids = LongStream.rangeClosed(1, 200_000).toArray();
        KeyLoads keys = KeyLoads.of(ids);

        assertThat(Outcome.now(Kind.RANGE.over(keys, 8), ids)).hasValue(8);
        assertThat(Outcome.now(Kind.SLOT_MAP.over(keys, 8), ids).orElseThrow()).isLessThan(1.25);
    }

    @Test
    void tooFewWrites_sayNothingOfAMoment() {
        long[] ids = LongStream.rangeClosed(1, 3_000).toArray();

        assertThat(Outcome.now(Kind.SLOT_MAP.over(KeyLoads.of(ids), 8), ids)).isEmpty();
    }

    private static Movement growth(Kind kind, KeyLoads keys, int from, int to) {
        Strategy before = kind.over(keys, from);
        return Movement.of(before, before.grownTo(to), keys);
    }

    private static KeyLoads zipf(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Zipf zipf = new Zipf(2_000);
        return KeyLoads.of(
                LongStream.generate(() -> 1 + zipf.draw(random)).limit(20_000).toArray());
    }

    private static KeyLoads aKeyForEachSlot() {
        long[] keys = new long[Slot.COUNT];
        int found = 0;
        for (long user = 1; found < Slot.COUNT; user++) {
            int slot = Slot.of(new UserId(user)).number();
            if (keys[slot] == 0) {
                keys[slot] = user;
                found++;
            }
        }
        return KeyLoads.of(keys);
    }
}
