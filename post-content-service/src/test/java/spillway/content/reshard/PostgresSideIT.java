package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import spillway.content.reshard.Side.Changes;
import spillway.content.reshard.Side.Mirrored;
import spillway.content.reshard.Side.Seal;
import spillway.content.shard.PostgresFence;
import spillway.content.shard.SlotSet;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

/** What each side of a move promises, on two real databases: shard 0 owns slots 0 to 9, shard 1 follows. */
@RealServers(Server.POSTGRES)
class PostgresSideIT {

    private static final SlotSet SLOTS = SlotSet.range(0, 9);
    private static final long MOVE = 1;

    private HikariDataSource[] pools;
    private Side source;
    private Side target;
    private JdbcTemplate old;
    private JdbcTemplate fresh;

    @BeforeEach
    void begin(Servers servers) {
        pools = new HikariDataSource[] {
            pool(servers.postgres().newDatabase()), pool(servers.postgres().newDatabase())
        };
        old = new JdbcTemplate(pools[0]);
        fresh = new JdbcTemplate(pools[1]);
        source = new PostgresSide(0, pools[0]);
        target = new PostgresSide(1, pools[1]);
        old.update("INSERT INTO ownership (shard) VALUES (0)");
        fresh.update("INSERT INTO ownership (shard) VALUES (1)");
        old.update("INSERT INTO slot_state (slot, state, epoch) SELECT generate_series(0, 9), 'OWNER', 3");
        target.follow(MOVE, 0, epochs(3));
        assertThat(source.mirror(MOVE, SLOTS, 1)).isTrue();
    }

    static HikariDataSource pool(Database database) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/shard")
                .load()
                .migrate();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(6);
        return pool;
    }

    @AfterEach
    void end() {
        for (HikariDataSource pool : pools) {
            pool.close();
        }
    }

    @Test
    void rows_arriveAsTheyAre(Servers servers) {
        post(4, 1, "it's \\ \u0001 \"öäü\" {a,b}", false);
        old.update("UPDATE post SET media_urls = ARRAY['https://a.example/b,c', 'https://d.example/\"']");
        old.update("INSERT INTO comment VALUES (?, ?, 7, 'no,\tyes')", id(4, 1), id(4, 2));
        old.update(
                "INSERT INTO idempotency_key (user_id, key, fingerprint, created_id) VALUES (7, 'it''s', '\\x00ff', ?)",
                id(4, 1));

        copyAll();

        for (Relation relation : Relation.values()) {
            Span all = new Span(relation, Key.START, Key.END);
            assertThat(target.digest(all, SLOTS))
                    .isEqualTo(source.digest(all, SLOTS))
                    .extracting(Digest::rows)
                    .isEqualTo(1L);
            assertThat(target.hashes(all, SLOTS)).isEqualTo(source.hashes(all, SLOTS));
            assertThat(target.hashes(Map.of(relation, source.hashes(all, SLOTS).keySet()))
                            .getOrDefault(relation, Map.of()))
                    .hasSize(1);
            assertThat(target.progress(MOVE, relation).upTo()).isEqualTo(Key.END);
        }
    }

    @Test
    void oldImage_doesNotReplaceANewerRow() {
        post(4, 1, "first", false);
        Image late = source.read(all(Relation.POST), SLOTS);
        old.update("UPDATE post SET version = 2, content = 'second'");
        target.receive(List.of(source.read(all(Relation.POST), SLOTS)), epochs(3));

        target.receive(List.of(late), epochs(3));

        assertThat(fresh.queryForObject("SELECT content FROM post", String.class))
                .isEqualTo("second");
    }

    @Test
    void chunkOfTheBackfill_leavesNewerRowsAlone() {
        post(4, 1, "first", false);
        post(4, 2, "other", false);
        Image late = source.read(all(Relation.POST), SLOTS);
        old.update("UPDATE post SET version = 2, content = 'second' WHERE content = 'first'");
        target.receive(List.of(source.read(new Span(Relation.POST, Key.START, Key.of(id(4, 1), 0)), SLOTS)), epochs(3));

        target.receive(late, epochs(3), MOVE, all(Relation.POST));

        assertThat(fresh.queryForList("SELECT content FROM post ORDER BY id", String.class))
                .containsExactly("second", "other");
        assertThat(target.progress(MOVE, Relation.POST)).isEqualTo(new Copied(Key.END, 2));
    }

    @Test
    void oldImage_doesNotBringADeletedPostBack() {
        post(4, 1, "alive", false);
        Image late = source.read(all(Relation.POST), SLOTS);
        old.update("UPDATE post SET version = 2, content = '', deleted = true");
        target.receive(List.of(source.read(all(Relation.POST), SLOTS)), epochs(3));

        target.receive(List.of(late), epochs(3));

        assertThat(fresh.queryForObject("SELECT deleted FROM post", Boolean.class))
                .isTrue();
    }

    @Test
    void flippedBit_showsInTheDigest() {
        post(4, 1, "abc", false);
        copyAll();
        fresh.update("UPDATE post SET content = 'abb'");

        assertThat(target.digest(all(Relation.POST), SLOTS)).isNotEqualTo(source.digest(all(Relation.POST), SLOTS));
        assertThat(target.hashes(all(Relation.POST), SLOTS)).isNotEqualTo(source.hashes(all(Relation.POST), SLOTS));
    }

    @Test
    void whoeverWasOvertaken_writesNothing() {
        post(4, 1, "late", false);
        Image image = source.read(all(Relation.POST), SLOTS);
        target.takeOver(Map.of(new Slot(4), 4L));

        assertThatExceptionOfType(NotReplica.class).isThrownBy(() -> target.receive(List.of(image), epochs(3)));
        assertThat(fresh.queryForObject("SELECT count(*) FROM post", Long.class))
                .isZero();
    }

    @Test
    void rowsOfAnotherEpoch_areNotWritten() {
        post(4, 1, "late", false);
        List<Image> images = List.of(source.read(all(Relation.POST), SLOTS));

        for (Map<Slot, Long> known : List.of(epochs(2), epochs(4), Map.of(new Slot(10), 3L), Map.<Slot, Long>of())) {
            assertThatExceptionOfType(NotReplica.class).isThrownBy(() -> target.receive(images, known));
        }
        assertThat(fresh.queryForObject("SELECT count(*) FROM post", Long.class))
                .isZero();
    }

    @Test
    void changesInHand_areNobodyElsesButStillWaiting() {
        post(4, 1, "one", false);
        note(4, 1);
        try (Changes inHand = source.changes(SLOTS, 10);
                Changes others = source.changes(SLOTS, 10)) {
            assertThat(inHand.keys()).containsExactly(Map.entry(Relation.POST, List.of(Key.of(id(4, 1), 0))));
            assertThat(others.isEmpty()).isTrue();
            assertThat(source.waiting(SLOTS)).isOne();
        }
        assertThat(source.waiting(SLOTS)).isOne();
    }

    @Test
    void changesThatArrived_areRememberedUntilTheyAreForgotten() {
        post(4, 1, "one", false);
        note(4, 1);
        note(4, 1);
        try (Changes inHand = source.changes(SLOTS, 10)) {
            target.receive(inHand.images(), epochs(3));
            inHand.done();
        }

        assertThat(source.waiting(SLOTS)).isZero();
        try (Seal seal = source.seal(MOVE, SLOTS).orElseThrow()) {
            assertThat(seal.look().changed()).containsExactly(Map.entry(Relation.POST, List.of(Key.of(id(4, 1), 0))));
        }
        source.forgetChanged(SLOTS);
        try (Seal seal = source.seal(MOVE, SLOTS).orElseThrow()) {
            assertThat(seal.look().changed()).isEmpty();
        }
    }

    @Test
    void sealOfWhoeverFellSilent_isLost() {
        try (Seal seal = source.seal(MOVE, SLOTS).orElseThrow()) {
            Awaitility.await().until(() -> {
                Optional<Seal> next = source.seal(MOVE, SLOTS);
                next.ifPresent(Seal::close);
                return next.isPresent();
            });

            assertThatExceptionOfType(RuntimeException.class).isThrownBy(seal::handOver);
        }
        assertThat(source.standing(SLOTS)).containsEntry(new Slot(4), new Standing(SlotState.MIRRORING, 3, 1));
    }

    @Test
    void sealedSlots_areNotSealedTwice() {
        try (Seal seal = source.seal(MOVE, SlotSet.range(3, 5)).orElseThrow()) {
            assertThat(seal.look().events()).isZero();
            assertThat(source.seal(MOVE, SlotSet.range(5, 7))).isEmpty();
            assertThat(source.mirror(MOVE, SlotSet.range(5, 7), 1)).isFalse();
        }
    }

    @Test
    void slotThatIsBeingWritten_isNotHandedOverAtOnce() {
        new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(old.getDataSource())))
                .executeWithoutResult(writing -> {
                    old.execute("SELECT pg_advisory_xact_lock_shared(" + PostgresFence.LOCKS + ", 4)");

                    assertThat(source.handOver(MOVE, epochs(3))).isEmpty();
                    assertThat(source.handOver(MOVE, Map.of(new Slot(5), 3L))).isPresent();
                });
        assertThat(source.standing(SlotSet.range(4, 5)))
                .containsEntry(new Slot(4), new Standing(SlotState.MIRRORING, 3, 1))
                .containsEntry(new Slot(5), new Standing(SlotState.REPLICA, 4, 1));
    }

    @Test
    void whatIsNotMirroredOrComparedOrSent_isInTheWayOfAHandoverAtOnce() {
        post(4, 1, "one", false);
        note(4, 1);
        assertThat(source.handOver(MOVE, epochs(3))).isEmpty();

        try (Changes inHand = source.changes(SLOTS, 10)) {
            inHand.done();
        }
        assertThat(source.handOver(MOVE, epochs(3))).isEmpty();

        source.forgetChanged(SLOTS);
        old.update("INSERT INTO outbox (post_id, payload) VALUES (?, '')", id(4, 1));
        assertThat(source.handOver(MOVE, epochs(3))).isEmpty();

        old.update("DELETE FROM outbox");
        assertThat(source.handOver(MOVE + 1, epochs(3))).isEmpty();
        assertThat(source.handOver(MOVE, epochs(2))).isEmpty();
        assertThat(source.handOver(MOVE, epochs(3))).hasValueSatisfying(done -> {
            assertThat(done.epochs()).isEqualTo(epochs(4));
            assertThat(done.held()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(2));
        });
    }

    @Test
    void keyMirroredWhileItIsCompared_isNotedAnew() throws Exception {
        post(4, 1, "one", false);
        note(4, 1);
        arrive();
        note(4, 1);
        try (Mirrored mirrored = source.mirrored(SLOTS, 10);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(mirrored.keys()).containsExactly(Map.entry(Relation.POST, List.of(Key.of(id(4, 1), 0))));
            Future<?> again = others.submit(this::arrive);
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> again.get(200, TimeUnit.MILLISECONDS));

            mirrored.forget();

            again.get();
        }
        try (Mirrored mirrored = source.mirrored(SLOTS, 10)) {
            assertThat(mirrored.keys()).hasSize(1);
        }
        try (Mirrored mirrored = source.mirrored(SLOTS, 10)) {
            assertThat(mirrored.keys()).as("kept by whoever does not forget").hasSize(1);
        }
    }

    private void arrive() {
        try (Changes inHand = source.changes(SLOTS, 10)) {
            inHand.done();
        }
    }

    @Test
    void handover_isOneCommitAndTheTargetFollowsTheLaterEpochOnly() {
        try (Seal seal = source.seal(MOVE, SLOTS).orElseThrow()) {
            assertThat(seal.handOver()).isEqualTo(epochs(4));
        }
        assertThat(source.standing(SLOTS)).containsEntry(new Slot(4), new Standing(SlotState.REPLICA, 4, 1));

        target.takeOver(epochs(4));
        target.takeOver(epochs(2));

        assertThat(target.standing(SLOTS)).containsEntry(new Slot(4), new Standing(SlotState.MIRRORING, 4, 0));
        assertThat(fresh.queryForObject("SELECT slots::text FROM ownership", String.class))
                .isEqualTo("{[0,10)}");
        assertThat(old.queryForObject("SELECT slots::text FROM ownership", String.class))
                .isEqualTo("{}");
    }

    @Test
    void handoverForAnotherMove_changesNothing() {
        try (Seal seal = source.seal(MOVE + 1, SLOTS).orElseThrow()) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(seal::handOver);
        }
        assertThat(source.standing(SLOTS)).containsEntry(new Slot(4), new Standing(SlotState.MIRRORING, 3, 1));
    }

    @Test
    void endedMove_neitherFollowsNorMirrors() {
        assertThat(source.stopMirroring(MOVE, SLOTS)).isTrue();
        source.end(MOVE);
        target.end(MOVE + 1);

        assertThat(source.mirror(MOVE, SLOTS, 1)).isTrue();
        target.follow(MOVE + 1, 0, Map.of(new Slot(20), 1L));

        assertThat(source.standing(SLOTS)).containsEntry(new Slot(4), new Standing(SlotState.OWNER, 3, null));
        assertThat(target.standing(SlotSet.range(20, 20))).isEmpty();
    }

    @Test
    void forgetting_isBoundedAndLeavesOtherSlotsAlone() {
        post(4, 1, "one", false);
        post(5, 1, "two", false);
        copyAll();
        fresh.update("INSERT INTO post VALUES (?, 9, 'of another slot', '{}', 1, false)", id(30, 1));

        assertThat(target.forget(MOVE, SLOTS, 1)).isFalse();
        assertThat(fresh.queryForObject("SELECT count(*) FROM post", Long.class))
                .isEqualTo(2);
        Awaitility.await().until(() -> target.forget(MOVE, SLOTS, 1));

        assertThat(fresh.queryForObject("SELECT id FROM post", Long.class)).isEqualTo(id(30, 1));
        assertThat(target.standing(SLOTS)).isEmpty();
        assertThat(target.progress(MOVE, Relation.POST)).isEqualTo(Copied.NOTHING);
    }

    @Test
    void owner_forgetsNothing() {
        post(4, 1, "one", false);

        assertThat(source.forget(MOVE, SLOTS, 10)).isTrue();

        assertThat(old.queryForObject("SELECT count(*) FROM post", Long.class)).isOne();
        assertThat(source.standing(SLOTS)).hasSize(10);
    }

    @Test
    void spans_followEachOtherWithoutGapOrOverlap() {
        for (int i = 1; i <= 5; i++) {
            post(4, i, "post " + i, false);
        }
        Span first = source.next(Relation.POST, Key.START, 2);
        Span second = source.next(Relation.POST, first.last(), 2);
        Span rest = source.next(Relation.POST, second.last(), 2);

        assertThat(rest.last()).isEqualTo(Key.END);
        assertThat(List.of(first, second, rest))
                .extracting(span -> source.read(span, SLOTS).count())
                .containsExactly(2, 2, 1);
    }

    private void copyAll() {
        for (Relation relation : Relation.values()) {
            Span span = all(relation);
            target.receive(source.read(span, SLOTS), epochs(3), MOVE, span);
        }
    }

    private static Span all(Relation relation) {
        return new Span(relation, Key.START, Key.END);
    }

    private static Map<Slot, Long> epochs(long epoch) {
        return SLOTS.stream().collect(Collectors.toMap(slot -> slot, slot -> epoch));
    }

    private static long id(int slot, int millis) {
        return PostId.of(millis, new Slot(slot), 0).value();
    }

    private void post(int slot, int millis, String content, boolean deleted) {
        old.update("INSERT INTO post VALUES (?, 9, ?, '{}', 1, ?)", id(slot, millis), content, deleted);
    }

    private void note(int slot, int millis) {
        old.update("INSERT INTO change (slot, kind, a) VALUES (?, 0, ?)", slot, id(slot, millis));
    }
}
