package spillway.content.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

@RealServers(Server.POSTGRES)
class IdNodesIT {

    private static final Duration AHEAD = Duration.ofSeconds(30);
    private static final Slot SLOT = new Slot(1);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private JdbcClient catalog;
    private IdNodes nodes;

    @BeforeEach
    void migrate(Servers servers) {
        Database database = servers.postgres().newDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.url(), database.username(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/catalog")
                .load()
                .migrate();
        catalog = JdbcClient.create(source);
        nodes = new IdNodes(catalog);
    }

    @Test
    void nodeWhoseTimeIsReserved_isNotGivenAgain() {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < IdRange.NODES; i++) {
            taken.add(nodes.take(1_000, 2_000).orElseThrow().node());
        }

        assertThat(taken).hasSize(16);
        assertThat(nodes.take(1_999, 3_000)).isEmpty();
        assertThat(nodes.take(2_000, 3_000)).isPresent();
    }

    @Test
    void extensionOfAnOldRange_isRefused() {
        IdRange first = nodes.take(1_000, 2_000).orElseThrow();
        IdRange longer = nodes.extend(first, 5_000).orElseThrow();

        assertThat(longer).isEqualTo(new IdRange(first.node(), 1_000, 5_000));
        assertThat(nodes.extend(first, 9_000)).isEqualTo(Optional.empty());
    }

    @Test
    void supply_keepsOneNodeAndExtendsItsTime() {
        PostIds ids = new PostIds(this::clock);
        IdSupply supply = supply(ids);
        supply.renew();
        int node = ids.next(SLOT).sequence() / 64;

        for (int i = 0; i < 10; i++) {
            now.addAndGet(AHEAD.toMillis() / 3);
            supply.renew();
            assertThat(ids.next(SLOT).sequence() / 64).isEqualTo(node);
        }
    }

    @Test
    void withoutRenewal_idsEndWithTheReservedTime() {
        PostIds ids = new PostIds(this::clock);
        supply(ids).renew();

        now.addAndGet(AHEAD.toMillis() - 1);
        ids.next(SLOT);
        now.addAndGet(1);
        assertThatExceptionOfType(IdsUnavailable.class).isThrownBy(() -> ids.next(SLOT));
    }

    @Test
    void catalogAway_idsGoOnForTheTimeInHand() {
        PostIds ids = new PostIds(this::clock);
        IdSupply supply = supply(ids);
        supply.renew();
        catalog.sql("ALTER TABLE id_node RENAME TO away").update();

        now.addAndGet(AHEAD.toMillis() / 3);
        supply.renew();
        ids.next(SLOT);
        now.addAndGet(AHEAD.toMillis());
        assertThatExceptionOfType(IdsUnavailable.class).isThrownBy(() -> ids.next(SLOT));

        catalog.sql("ALTER TABLE away RENAME TO id_node").update();
        supply.renew();
        ids.next(SLOT);
    }

    @Test
    void lostNode_isReplacedByAnother() {
        PostIds ids = new PostIds(this::clock);
        IdSupply supply = supply(ids);
        supply.renew();
        int node = ids.next(SLOT).sequence() / 64;
        catalog.sql("UPDATE id_node SET reserved_until = reserved_until + 1").update();

        now.addAndGet(1);
        supply.renew();

        assertThat(ids.next(SLOT).sequence() / 64).isNotEqualTo(node);
    }

    @Test
    void instanceThatSleptPastItsTime_sharesNoIdWithTheNewOwnerOfItsNode() {
        PostIds sleeper = new PostIds(this::clock);
        supply(sleeper).renew();
        Set<PostId> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            made.add(sleeper.next(SLOT));
        }
        now.addAndGet(AHEAD.toMillis());
        for (int i = 0; i < IdRange.NODES; i++) {
            PostIds other = new PostIds(this::clock);
            supply(other).renew();
            made.add(other.next(SLOT));
        }

        assertThat(made).hasSize(1_000 + IdRange.NODES);
        assertThatExceptionOfType(IdsUnavailable.class).isThrownBy(() -> sleeper.next(SLOT));
    }

    private IdSupply supply(PostIds ids) {
        return new IdSupply(ids, nodes, this::clock, AHEAD);
    }

    private Instant clock() {
        return PostId.EPOCH.plusMillis(now.get());
    }
}
