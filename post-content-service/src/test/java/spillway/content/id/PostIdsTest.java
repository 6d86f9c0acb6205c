package spillway.content.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;

class PostIdsTest {

    private static final Slot SLOT = new Slot(7);
    private static final long HOUR = 3_600_000;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final PostIds ids = new PostIds(() -> PostId.EPOCH.plusMillis(now.get()));

    @Test
    void id_carriesTimeSlotAndNode() {
        ids.use(new IdRange(3, 0, Long.MAX_VALUE));

        PostId id = ids.next(SLOT);

        assertThat(id.createdAt()).isEqualTo(PostId.EPOCH.plusMillis(1_000_000));
        assertThat(id.slot()).isEqualTo(SLOT);
        assertThat(id.sequence()).isEqualTo(3 * 64);
    }

    @Test
    void standingClock_givesIncreasingIdsOfOneNode() {
        ids.use(new IdRange(5, 0, Long.MAX_VALUE));

        List<PostId> made = make(1_000);

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made).allMatch(id -> id.sequence() / 64 == 5);
        assertThat(made.getLast().createdAt()).isEqualTo(PostId.EPOCH.plusMillis(1_000_000 + 999 / 64));
    }

    @Test
    void backwardsClock_neverRepeatsAnId() {
        ids.use(new IdRange(0, 0, Long.MAX_VALUE));
        List<PostId> made = make(100);
        now.addAndGet(-HOUR);
        made.addAll(make(100));
        now.addAndGet(2 * HOUR);
        made.addAll(make(100));

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anotherNodeInTheSameMillisecond_keepsIdsIncreasing() {
        Set<Integer> nodes = new HashSet<>();
        List<PostId> made = new ArrayList<>();
        for (int node : new int[] {9, 3, 12, 3}) {
            ids.use(new IdRange(node, 0, Long.MAX_VALUE));
            made.addAll(make(70));
            made.forEach(id -> nodes.add(id.sequence() / 64));
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(nodes).containsExactlyInAnyOrder(3, 9, 12);
    }

    @Test
    void manyThreads_neverShareAnId() throws InterruptedException {
        ids.use(new IdRange(0, 0, Long.MAX_VALUE));
        Set<PostId> made = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(Thread.ofPlatform().start(() -> made.addAll(make(20_000))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(8 * 20_000);
    }

    @Test
    void withoutARange_noIdIsMade() {
        assertThatExceptionOfType(IdsUnavailable.class).isThrownBy(() -> ids.next(SLOT));

        ids.use(new IdRange(0, 0, Long.MAX_VALUE));
        ids.use(null);

        assertThatExceptionOfType(IdsUnavailable.class).isThrownBy(() -> ids.next(SLOT));
    }

    @Test
    void outsideItsRange_noIdIsMade() {
        ids.use(new IdRange(0, 0, 1_000_001));
        assertThat(make(64)).hasSize(64);

        assertThatExceptionOfType(IdsUnavailable.class)
                .as("the 65th id would be of the next millisecond")
                .isThrownBy(() -> ids.next(SLOT));
    }

    @Test
    void clockBehindTheRange_startsWithTheRange() {
        ids.use(new IdRange(0, 2_000_000, 3_000_000));

        assertThat(ids.next(SLOT).createdAt()).isEqualTo(Instant.parse("2025-01-01T00:33:20Z"));
    }

    private List<PostId> make(int count) {
        List<PostId> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(ids.next(SLOT));
        }
        return made;
    }
}
