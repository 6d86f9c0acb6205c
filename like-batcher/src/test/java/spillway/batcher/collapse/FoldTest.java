package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import spillway.batcher.collapse.Fold.Sequenced;

class FoldTest {

    private final Fold fold = new Fold();

    @Test
    void theLastOperation_winsPerPostAndMember() {
        fold.put(1, 10, true, 0, 0);
        fold.put(1, 11, true, 0, 0);
        fold.put(2, 10, true, 0, 0);
        fold.put(1, 10, false, 0, 0);

        assertThat(contents(fold)).isEqualTo(Map.of(1L, Map.of(10L, false, 11L, true), 2L, Map.of(10L, true)));
        assertThat(fold.posts()).isEqualTo(2);
        assertThat(fold.size()).isEqualTo(3);
    }

    @Test
    void aClearedFold_isEmptyAndTakesTheSameAgain() {
        fold.put(1, 10, true, 0, 0);
        fold.clear();
        assertThat(contents(fold)).isEmpty();

        fold.put(1, 10, false, 0, 0);
        assertThat(contents(fold)).isEqualTo(Map.of(1L, Map.of(10L, false)));
    }

    @Test
    void randomOperations_foldAsAMapWould() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            Map<Long, Map<Long, Boolean>> model = new HashMap<>();
            for (int i = 0; i < 3_000; i++) {
                long post = 1L + random.nextInt(round + 1);
                long member = 1L + random.nextInt(200);
                boolean add = random.nextBoolean();
                fold.put(post, member, add, 0, 0);
                model.computeIfAbsent(post, absent -> new HashMap<>()).put(member, add);
            }
            assertThat(contents(fold)).isEqualTo(model);
            fold.clear();
        }
    }

    @Test
    void anOlderSequence_countsForNothing() {
        fold.put(1, 10, false, 5, 0);
        fold.put(1, 10, true, 4, 0);
        fold.put(1, 10, true, 5, 0);

        assertThat(fold.sequenced(0)).containsExactly(new Sequenced(10, 5, Effect.REMOVE, Effect.NOTHING));
        assertThat(fold.added(0)).isEmpty();
        assertThat(fold.removed(0)).isEmpty();
    }

    @Test
    void aPlainOperation_countsWhateverTheStoreKnows_untilANewerSequence() {
        fold.put(1, 10, true, 5, 0);
        fold.put(1, 10, false, 0, 0);
        assertThat(fold.sequenced(0)).containsExactly(new Sequenced(10, 5, Effect.REMOVE, Effect.REMOVE));

        fold.put(1, 10, true, 6, 0);
        assertThat(fold.sequenced(0)).containsExactly(new Sequenced(10, 6, Effect.ADD, Effect.REMOVE));
    }

    @Test
    void whateverTheStoreKnows_aWindowEndsWhereItsOperationsOneByOneWould() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            boolean liked = random.nextBoolean();
            long highest = random.nextInt(5);
            boolean expected = liked;
            long known = highest;
            for (int i = random.nextInt(5); i >= 0; i--) {
                boolean add = random.nextBoolean();
                long sequence = random.nextInt(5);
                fold.put(1, 10, add, sequence, 0);
                if (sequence == 0 || sequence > known) {
                    expected = add;
                    known = Math.max(known, sequence);
                }
            }
            assertThat(applied(liked, highest)).as("round %d", round).isEqualTo(expected);
            fold.clear();
        }
    }

    /** What the script makes of the only member. */
    private boolean applied(boolean liked, long highest) {
        if (fold.hasSequenced(0)) {
            Sequenced operation = fold.sequenced(0).getFirst();
            return switch (operation.sequence() > highest ? operation.ifNewer() : operation.otherwise()) {
                case ADD -> true;
                case REMOVE -> false;
                case NOTHING -> liked;
            };
        }
        return fold.added(0).length == 1;
    }

    @Test
    void afterABurst_theTablesAreGivenBack_andGoOnWorking() {
        for (int member = 1; member <= 10_000; member++) {
            fold.put(1 + member % 3_000, member, true, 0, 0);
        }
        fold.clear();
        fold.put(1, 1, true, 0, 0);
        fold.clear();
        fold.put(2, 2, true, 0, 0);

        assertThat(contents(fold)).isEqualTo(Map.of(2L, Map.of(2L, true)));
    }

    @Test
    void takenOperations_areCounted_alsoThoseThatOthersReplace() {
        fold.put(1, 10, true, 0, 100);
        fold.put(1, 10, false, 0, 200);
        fold.put(2, 10, false, 0, 400);

        assertThat(fold.taken(0)).isEqualTo(2);
        assertThat(fold.acceptedSum(0)).isEqualTo(300);
        assertThat(fold.taken(1)).isEqualTo(1);
    }

    private static Map<Long, Map<Long, Boolean>> contents(Fold fold) {
        Map<Long, Map<Long, Boolean>> contents = new TreeMap<>();
        for (int group = 0; group < fold.posts(); group++) {
            Map<Long, Boolean> members = new HashMap<>();
            Arrays.stream(fold.added(group)).forEach(member -> members.put(member, true));
            Arrays.stream(fold.removed(group)).forEach(member -> members.put(member, false));
            contents.put(fold.post(group), members);
        }
        return contents;
    }
}
