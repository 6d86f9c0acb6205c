package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;
import spillway.content.testing.TestService.Storage;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.POSTGRES)
class ShardStartupIT {

    private static final Duration LONG = Duration.ofHours(1);

    private final List<ShardStartup> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ShardStartup::stop);
    }

    @Test
    void twoInstancesAtOnceOnEmptyDatabases_agreeOnAnEvenMap(Servers servers)
            throws InterruptedException, ExecutionException {
        Storage storage = Storage.create(servers);
        Shards one = shards();
        Shards two = shards();
        ShardStartup startOfOne = startup(storage, storage.catalog().password(), one);
        ShardStartup startOfTwo = startup(storage, storage.catalog().password(), two);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = executor.submit(startOfOne::start);
            Future<?> second = executor.submit(startOfTwo::start);
            first.get();
            second.get();
        }

        for (int slot = 0; slot < Slot.COUNT; slot++) {
            assertThat(one.shardOf(new Slot(slot)))
                    .isEqualTo(two.shardOf(new Slot(slot)))
                    .isEqualTo(slot / 512);
        }
        assertThat(one.numbers()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void mapOfMoreShardsThanConfigured_stopsTheStart(Servers servers) {
        Storage storage = Storage.create(servers);
        startup(storage, storage.catalog().password(), shards()).start();

        Storage fewer = new Storage(storage.catalog(), storage.shards().subList(0, 4));
        assertThatThrownBy(() ->
                        startup(fewer, storage.catalog().password(), shards()).start())
                .hasMessage("the shard map uses 8 shards, but spillway.content.shard-urls names only 4");
    }

    @Test
    void wrongPassword_stopsTheStartAtOnce(Servers servers) {
        assertThatThrownBy(
                        () -> startup(catalogOnly(servers), "wrong", shards()).start())
                .rootCause()
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void withoutAPassword_theStartSaysSo(Servers servers) {
        assertThatThrownBy(() -> startup(catalogOnly(servers), "", shards()).start())
                .hasMessage("spillway.postgres.password is not set, and it has no default");
    }

    private static Storage catalogOnly(Servers servers) {
        return new Storage(servers.postgres().newDatabase(), List.of("jdbc:postgresql://127.0.0.1:1/none"));
    }

    private ShardStartup startup(Storage storage, String password, Shards shards) {
        PostgresLogin login = new PostgresLogin(storage.catalog().username(), password);
        Databases databases = databases(storage);
        Pools pools = new Pools(databases, login, new SimpleMeterRegistry());
        Catalog catalog = new Catalog(databases.catalogUrl(), pools.pool("catalog", databases.catalogUrl()));
        List<Shard> all = IntStream.range(0, databases.shardUrls().size())
                .mapToObj(n -> {
                    String url = databases.shardUrls().get(n);
                    return new Shard(n, url, pools.pool("shard-" + n, url), new Outage(Clock.systemUTC(), LONG));
                })
                .toList();
        ShardStartup startup =
                new ShardStartup(catalog, all, shards, new Migrations(login, databases.connectTimeout()), databases);
        started.add(startup);
        return startup;
    }

    private static Databases databases(Storage storage) {
        Duration second = Duration.ofSeconds(1);
        return new Databases(
                storage.catalog().url(),
                storage.shards(),
                2,
                second,
                second,
                second,
                second,
                LONG,
                second.multipliedBy(5),
                second,
                LONG,
                second);
    }

    private static Shards shards() {
        TransactionOperations direct = TransactionOperations.withoutTransaction();
        return new Shards(direct, direct, NoEntities.manager(), Executors.newVirtualThreadPerTaskExecutor(), LONG);
    }
}
