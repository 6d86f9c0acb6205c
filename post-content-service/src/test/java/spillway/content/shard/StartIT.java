package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import spillway.content.id.PostIds;
import spillway.content.testing.Api;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.testing.Servers.Database;

@RealServers({Server.POSTGRES, Server.KAFKA})
class StartIT {

    @Test
    void twoInstancesStartedAtOnceOnEmptyDatabases_agreeOnTheMapAndNeverOnAnId(Servers servers)
            throws InterruptedException, ExecutionException {
        Storage storage = Storage.create(servers);
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            Future<TestService> starting = executor.submit(() -> TestService.start(servers, storage));
            try (TestService one = TestService.start(servers, storage);
                    TestService two = starting.get()) {
                for (int slot = 0; slot < Slot.COUNT; slot++) {
                    assertThat(one.bean(Shards.class).shardOf(new Slot(slot)))
                            .isEqualTo(two.bean(Shards.class).shardOf(new Slot(slot)))
                            .isEqualTo(slot / 512);
                }
                bothServe(one.api(), two.api());
                assertThat(idsOf(one, two)).hasSize(2 * 10_000);
            }
        }
    }

    @Test
    void mapOfMoreShardsThanConfigured_stopsTheStart(Servers servers) {
        Storage storage = Storage.create(servers);
        TestService.start(servers, storage).close();

        Storage fewer = new Storage(storage.catalog(), storage.shards().subList(0, 4));
        assertThatThrownBy(() -> TestService.start(servers, fewer).close())
                .hasRootCauseMessage("the shard map uses 8 shards, but spillway.content.shard-urls names only 4");
    }

    @Test
    void withoutAPassword_theStartSaysSo(Servers servers) {
        assertThatThrownBy(() -> TestService.start(servers, withPassword(Storage.create(servers), ""))
                        .close())
                .hasRootCauseMessage("spillway.postgres.password is not set, and it has no default");
    }

    @Test
    void wrongPassword_stopsTheStartAtOnce(Servers servers) {
        assertThatThrownBy(() -> TestService.start(
                                servers,
                                withPassword(Storage.create(servers), "wrong"),
                                "spillway.content.start-timeout=1h")
                        .close())
                .rootCause()
                .hasMessageContaining("password authentication failed");
    }

    private static Storage withPassword(Storage storage, String password) {
        Database catalog = storage.catalog();
        return new Storage(new Database(catalog.url(), catalog.username(), password), storage.shards());
    }

    private static void bothServe(Api one, Api two) {
        for (UserId user : Users.onEveryShard()) {
            String id = one.publish(user, "from one");
            assertThat(two.get(user, "/v1/posts/" + id).status()).isEqualTo(200);
        }
    }

    private static Set<PostId> idsOf(TestService one, TestService two) {
        Set<PostId> made = new HashSet<>();
        Slot slot = new Slot(9);
        for (int i = 0; i < 10_000; i++) {
            made.addAll(List.of(
                    one.bean(PostIds.class).next(slot), two.bean(PostIds.class).next(slot)));
        }
        return made;
    }
}
