package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import spillway.content.testing.TestService.Storage;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.POSTGRES)
class ShardStartupIT {

    private static final Duration LONG = Duration.ofHours(1);

    private final List<ShardStartup> started = new ArrayList<>();
    private List<Shard> all = List.of();

    @AfterEach
    void stop() {
        started.forEach(ShardStartup::stop);
    }

    @Test
    void twoInstancesAtOnceOnEmptyDatabases_agreeOnAnEvenMap(Servers servers)
            throws InterruptedException, ExecutionException {
        Storage storage = Storage.create(servers);
        Routes one = new Routes();
        Routes two = new Routes();
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
    void databasesInAnotherOrder_areNotOpened(Servers servers) {
        Storage storage = Storage.create(servers);
        startup(storage, storage.catalog().password(), new Routes()).start();
        List<String> urls = new ArrayList<>(storage.shards());
        Collections.swap(urls, 2, 3);

        Storage swapped = new Storage(storage.catalog(), urls);
        startup(swapped, storage.catalog().password(), new Routes()).start();

        assertThat(all.stream().filter(Shard::isOpen).map(Shard::number)).containsExactly(0, 1, 4, 5, 6, 7);
    }

    @Test
    void mapOfMoreShardsThanConfigured_stopsTheStart(Servers servers) {
        Storage storage = Storage.create(servers);
        startup(storage, storage.catalog().password(), new Routes()).start();

        Storage fewer = new Storage(storage.catalog(), storage.shards().subList(0, 4));
        assertThatThrownBy(() -> startup(fewer, storage.catalog().password(), new Routes())
                        .start())
                .hasMessage("the shard map uses 8 shards, but spillway.content.shard-urls names only 4");
    }

    @Test
    void wrongPassword_stopsTheStartAtOnce(Servers servers) {
        assertThatThrownBy(() ->
                        startup(catalogOnly(servers), "wrong", new Routes()).start())
                .rootCause()
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void withoutAPassword_theStartSaysSo(Servers servers) {
        assertThatThrownBy(() -> startup(catalogOnly(servers), "", new Routes()).start())
                .hasMessage("spillway.postgres.password is not set, and it has no default");
    }

    private static Storage catalogOnly(Servers servers) {
        return new Storage(servers.postgres().newDatabase(), List.of("jdbc:postgresql://127.0.0.1:1/none"));
    }

    private ShardStartup startup(Storage storage, String password, Routes routes) {
        PostgresLogin login = new PostgresLogin(storage.catalog().username(), password);
        Databases databases = databases(storage);
        Pools pools = new Pools(databases, login, new SimpleMeterRegistry());
        Catalog catalog = new Catalog(databases.catalogUrl(), pools.pool("catalog", databases.catalogUrl()));
        all = IntStream.range(0, databases.shardUrls().size())
                .mapToObj(n -> {
                    String url = databases.shardUrls().get(n);
                    BreakerRules rules = new BreakerRules(1, 1, LONG, LONG);
                    return new Shard(
                            n, url, pools.pool("shard-" + n, url), rules, Clock.systemUTC(), new SimpleMeterRegistry());
                })
                .toList();
        OwnerSearch search = new OwnerSearch(routes, catalog, LONG);
        ShardStartup startup =
                new ShardStartup(catalog, all, search, new Migrations(login, databases.connectTimeout()), databases);
        started.add(startup);
        return startup;
    }

    private static Databases databases(Storage storage) {
        Duration second = Duration.ofSeconds(1);
        return new Databases(
                storage.catalog().url(),
                storage.shards(),
                8,
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
}
