package spillway.batcher.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FoldTest {

    private final Fold fold = new Fold();

    @Test
    void theLastOperation_winsPerPostAndMember() {
        fold.put(1, 10, true);
        fold.put(1, 11, true);
        fold.put(2, 10, true);
        fold.put(1, 10, false);

        assertThat(contents(fold)).isEqualTo(Map.of(1L, Map.of(10L, false, 11L, true), 2L, Map.of(10L, true)));
        assertThat(fold.posts()).isEqualTo(2);
        assertThat(fold.size()).isEqualTo(3);
    }

    @Test
    void aClearedFold_isEmptyAndTakesTheSameAgain() {
        fold.put(1, 10, true);
        fold.clear();
        assertThat(contents(fold)).isEmpty();

        fold.put(1, 10, false);
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
                fold.put(post, member, add);
                model.computeIfAbsent(post, absent -> new HashMap<>()).put(member, add);
            }
            assertThat(contents(fold)).isEqualTo(model);
            fold.clear();
        }
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
