package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

/** What moves note in the catalog, in a real one. */
@RealServers(Server.POSTGRES)
class CatalogJournalIT {

    private static final SlotSet SLOTS = SlotSet.range(4, 5);

    private HikariDataSource pool;
    private JdbcTemplate catalog;
    private Journal journal;
    private long move;

    @BeforeEach
    void begin(Servers servers) {
        pool = pool(servers.postgres().newDatabase());
        catalog = new JdbcTemplate(pool);
        journal = new CatalogJournal(JdbcClient.create(pool));
        catalog.update("INSERT INTO shard_map (epoch) VALUES (7)");
        catalog.update("INSERT INTO shard_slot (slot, shard, epoch) VALUES (4, 0, 1), (5, 0, 3)");
        catalog.update("INSERT INTO reshard (from_shards, to_shards, plan, throttle) VALUES (8, 16, 'even', true)");
        move = number("INSERT INTO move (reshard, source, target, slots, estimated) SELECT id, 0, 8, '{[4,6)}', 10 "
                + "FROM reshard RETURNING id");
    }

    private static HikariDataSource pool(Database database) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/catalog")
                .load()
                .migrate();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        return pool;
    }

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void move_isEnteredWithItsReshardsWish() {
        journal.halt(move, MoveState.OLD, "why");
        catalog.update("UPDATE reshard SET wish = 'PAUSE'");

        assertThat(journal.entry(move)).isEqualTo(new Journal.Entry(MoveState.OLD, Wish.PAUSE, "why"));
    }

    @Test
    void advance_happensOnce_andEndsTheHalt() {
        journal.halt(move, MoveState.BACKFILL, "of a state that it is not in");
        assertThat(journal.entry(move).halted()).isNull();
        journal.halt(move, MoveState.OLD, "why");

        assertThat(journal.advance(move, MoveState.OLD, MoveState.MIRROR)).isTrue();
        assertThat(journal.advance(move, MoveState.OLD, MoveState.MIRROR)).isFalse();

        assertThat(journal.entry(move)).isEqualTo(new Journal.Entry(MoveState.MIRROR, Wish.RUN, null));
    }

    @Test
    void laterEpochs_stay() {
        journal.assign(Map.of(new Slot(4), 2L, new Slot(5), 2L), 8);

        assertThat(number("SELECT shard FROM shard_slot WHERE slot = 4")).isEqualTo(8);
        assertThat(number("SELECT epoch FROM shard_slot WHERE slot = 4")).isEqualTo(2);
        assertThat(number("SELECT shard FROM shard_slot WHERE slot = 5")).isZero();
        assertThat(number("SELECT epoch FROM shard_map")).isEqualTo(8);

        journal.assign(Map.of(new Slot(5), 2L), 8);

        assertThat(number("SELECT epoch FROM shard_map")).isEqualTo(8);
    }

    @Test
    void hintsAndReports_areNotWaitedFor_whileTransitionsAre() {
        assertThat(commitAfter(() -> journal.assign(Map.of(new Slot(4), 2L), 8)))
                .isEqualTo("off");
        assertThat(commitAfter(() -> journal.paused(move, SLOTS, Duration.ofMillis(3))))
                .isEqualTo("off");
        assertThat(commitAfter(() -> journal.report(move, new Journal.Progress(1, 2, 3, 4, 5))))
                .isEqualTo("off");
        assertThat(commitAfter(() -> journal.advance(move, MoveState.OLD, MoveState.MIRROR)))
                .isEqualTo("on");
        assertThat(commitAfter(() -> journal.halt(move, MoveState.MIRROR, "why")))
                .isEqualTo("on");

        assertThat(number("SELECT micros FROM handover")).isEqualTo(3_000);
        assertThat(number("SELECT handed_over FROM move")).isEqualTo(5);
    }

    /** How the transaction would be committed in which the work was done. */
    private @Nullable String commitAfter(Runnable work) {
        return new TransactionTemplate(new JdbcTransactionManager(pool)).execute(status -> {
            work.run();
            return catalog.queryForObject("SHOW synchronous_commit", String.class);
        });
    }

    private long number(String sql) {
        Long number = catalog.queryForObject(sql, Long.class);
        return number == null ? -1 : number;
    }
}
