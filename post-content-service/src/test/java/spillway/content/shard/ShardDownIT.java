package spillway.content.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestService;
import spillway.content.testing.TestService.Storage;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import spillway.platform.wire.Wire;

/** Invariant I8: a stopped shard harms only its own users; I7: it needs nobody to come back. */
@RealServers({Server.POSTGRES, Server.KAFKA})
class ShardDownIT {

    private static final int DOWN = 3;

    @Test
    void shardMissingAtTheStart_harmsOnlyItsUsersUntilItComes(Servers servers) {
        Storage storage = Storage.create(servers);
        try (Wire wire = storage.wireTo(DOWN);
                TestService service =
                        TestService.start(servers, storage.with(DOWN, wire), "spillway.content.reopen-delay=200ms")) {
            Api api = service.api();

            // A start under load may go on before the last of the other shards is open.
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> onlyShardIsDown(api));

            wire.mend();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> allIsUp(api));
        }
    }

    @Test
    void shardLostWhileRunning_harmsOnlyItsUsersUntilItIsBack(Servers servers) {
        Storage storage = Storage.create(servers);
        try (Wire wire = storage.wireTo(DOWN)) {
            wire.mend();
            try (TestService service = TestService.start(servers, storage.with(DOWN, wire))) {
                Api api = service.api();
                allIsUp(api);

                wire.cut();
                onlyShardIsDown(api);

                wire.mend();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> allIsUp(api));
            }
        }
    }

    private static void onlyShardIsDown(Api api) {
        UserId unlucky = Users.onShard(DOWN);
        for (UserId user : Users.onEveryShard()) {
            Answer answer = api.post(user, "/v1/posts", "{\"content\":\"x\"}");
            if (Users.shardOf(user.slot()) == DOWN) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:unavailable");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            } else {
                assertThat(answer.status()).isEqualTo(201);
            }
        }
        assertThat(api.get(unlucky, "/v1/users/" + unlucky + "/posts").status()).isEqualTo(503);
        Answer latest = api.get(unlucky, "/v1/posts?limit=100");
        assertThat(latest.status()).isEqualTo(200);
        assertThat(latest.json().get("incomplete").toString()).isEqualTo("[" + DOWN + "]");
        assertThat(latest.ids()).hasSizeGreaterThanOrEqualTo(Users.SHARDS - 1);
    }

    private static void allIsUp(Api api) {
        for (UserId user : Users.onEveryShard()) {
            assertThat(api.post(user, "/v1/posts", "{\"content\":\"x\"}").status())
                    .isEqualTo(201);
        }
        assertThat(api.get(Users.any(), "/v1/posts").json().get("incomplete")).isEmpty();
    }
}
