package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import spillway.platform.id.Slot;

class ShardsTest {

    private static final Slot ON_SHARD_1 = new Slot(1024);

    private final ExecutorService scatter = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void shutDown() {
        scatter.shutdownNow();
    }

    @Test
    void work_runsOnTheShardOfItsSlot() {
        Shards shards = shards(TransactionOperations.withoutTransaction());

        assertThat(shards.write(ON_SHARD_1, CurrentShard::required)).isEqualTo(1);
        assertThat(shards.read(ON_SHARD_1, CurrentShard::required)).isEqualTo(1);
    }

    @Test
    void connectionLostBeforeTheCommit_hadNoEffect() {
        Shards shards = shards(TransactionOperations.withoutTransaction());

        assertThatExceptionOfType(ShardUnavailable.class)
                .isThrownBy(() -> shards.write(ON_SHARD_1, failing(connectionLost())));
    }

    @Test
    void connectionLostDuringTheCommit_isAnUnknownOutcome() {
        Shards shards = shards(new CommitFails());

        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> shards.write(ON_SHARD_1, () -> "written"))
                .satisfies(e -> assertThat(e.getBody().getProperties()).containsEntry("outcome", "unknown"));
    }

    @Test
    void workThatFailsForItsOwnReasons_failsWithThem() {
        Shards shards = shards(TransactionOperations.withoutTransaction());
        IllegalStateException own = new IllegalStateException("refused");

        assertThatIllegalStateException()
                .isThrownBy(() -> shards.write(ON_SHARD_1, failing(own)))
                .isSameAs(own);
        assertThatIllegalStateException()
                .isThrownBy(() -> shards.read(ON_SHARD_1, failing(own)))
                .isSameAs(own);
    }

    @Test
    void allShards_answerInTheirOrder() {
        Gathered<Integer> all =
                shards(TransactionOperations.withoutTransaction()).readAll(ShardsTest::ownPart);

        assertThat(all.answers()).containsExactly(0, 1, 2, 3);
        assertThat(all.missing()).isEmpty();
    }

    @Test
    void lostAndSlowShards_areNamedAndNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);

        Gathered<Integer> all = shards(TransactionOperations.withoutTransaction())
                .readAll(() -> {
                    switch (CurrentShard.required()) {
                        case 1 -> throw connectionLost();
                        case 2 -> await(never);
                        default -> {}
                    }
                    return ownPart();
                });

        assertThat(all.answers()).containsExactly(0, 3);
        assertThat(all.missing()).containsExactly(1, 2);
    }

    @Test
    void bugOnOneShard_isNoMissingShard() {
        Shards shards = shards(TransactionOperations.withoutTransaction());

        assertThatIllegalStateException()
                .isThrownBy(() -> shards.readAll(failing(new IllegalArgumentException("a bug"))))
                .withMessage("shard 0 failed");
    }

    /** It may have been a replica, far behind, when the work looked. */
    @Test
    void readAtAShardThatBecameTheOwnerMeanwhile_isReadAgain() {
        AtomicInteger reads = new AtomicInteger();
        Shards shards = shards(
                TransactionOperations.withoutTransaction(), new KnownFence(new Standing(SlotState.MIRRORING, 3, 2)));

        assertThat(shards.<Integer>read(ON_SHARD_1, reads::incrementAndGet)).isEqualTo(2);
        assertThat(shards.<Integer>read(ON_SHARD_1, reads::incrementAndGet)).isEqualTo(3);
    }

    /** A shard has given the slot away, and whoever it told died. */
    @Test
    void replicaThatIsKnownToBeTheOwner_isMadeToTakeOver() {
        KnownFence fence = new KnownFence(new Standing(SlotState.REPLICA, 1, 2));
        Shards shards = shards(TransactionOperations.withoutTransaction(), fence, 2);

        assertThat(shards.write(ON_SHARD_1, CurrentShard::required)).isEqualTo(1);
        assertThat(fence.standing).isEqualTo(new Standing(SlotState.MIRRORING, 2, 2));
    }

    @Test
    void slotWhoseOwnerIsNotFound_isUnavailable() {
        Shards shards = shards(
                TransactionOperations.withoutTransaction(), new KnownFence(new Standing(SlotState.REPLICA, 1, 2)));

        assertThatExceptionOfType(ShardUnavailable.class)
                .isThrownBy(() -> shards.write(ON_SHARD_1, CurrentShard::required));
    }

    private static RuntimeException connectionLost() {
        return new TransactionSystemException("lost", new SQLException("I/O error", "08006"));
    }

    private static <T> Supplier<T> failing(RuntimeException e) {
        return () -> {
            throw e;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Four shards of 1,024 slots each. */
    private Shards shards(TransactionOperations transactions) {
        return shards(transactions, new OpenFence());
    }

    private Shards shards(TransactionOperations transactions, Fence fence) {
        return shards(transactions, fence, 1);
    }

    private Shards shards(TransactionOperations transactions, Fence fence, long slotEpoch) {
        List<Integer> map =
                IntStream.range(0, Slot.COUNT).mapToObj(slot -> slot / 1024).toList();
        FixedMap catalog = new FixedMap(new ShardMap(1, map, Collections.nCopies(Slot.COUNT, slotEpoch)));
        OwnerSearch search = new OwnerSearch(new Routes(), catalog, Duration.ofMillis(100));
        search.refresh();
        return new Shards(
                List.of(0, 1, 2, 3),
                new Transactions(
                        transactions,
                        TransactionOperations.withoutTransaction(),
                        NoEntities.manager(),
                        new CommitTimes(4)),
                fence,
                new MirrorLog(JdbcClient.create(new RoutingDataSource(List.of()))),
                search,
                scatter,
                Duration.ofMillis(500));
    }

    private static Part<Integer> ownPart() {
        int shard = CurrentShard.required();
        return new Part<>(SlotSet.range(shard * 1024, shard * 1024 + 1023), shard);
    }

    /** Every slot stands as given, at whichever shard. */
    private static final class KnownFence implements Fence {

        private Standing standing;

        KnownFence(Standing standing) {
            this.standing = standing;
        }

        @Override
        public Map<Slot, Standing> enter(SlotSet slots) {
            return slots.stream().collect(Collectors.toMap(slot -> slot, slot -> standing));
        }

        @Override
        public Map<Slot, Standing> look(Slot slot) {
            return Map.of(slot, standing);
        }

        @Override
        public void takeOver(Slot slot, long epoch) {
            if (standing.state() == SlotState.REPLICA && standing.epoch() < epoch) {
                standing = new Standing(SlotState.MIRRORING, epoch, standing.peer());
            }
        }
    }

    private record FixedMap(ShardMap load) implements OwnerSearch.CatalogMap {
        @Override
        public long epoch() {
            return load.epoch();
        }
    }

    /** Does the work and then loses the connection. */
    private static final class CommitFails implements TransactionOperations {
        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            action.doInTransaction(new SimpleTransactionStatus());
            throw connectionLost();
        }
    }
}
