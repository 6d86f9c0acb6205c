package spillway.content.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** The service's own upkeep is told to forget nothing. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spillway.content.upkeep.keep-keys=36500d")
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class ExpiredKeysIT {

    private static final int SHARD = 5;
    private static final Duration DAY = Duration.ofDays(1);

    @LocalServerPort
    private int port;

    @Autowired
    private Shards shards;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void keyOfTheDayBefore_isForgotten_andMeansANewPost() {
        UserId user = Users.onShard(SHARD);
        Answer first = post(user);

        assertThat(drop(InstantSource.system(), 64)).isZero();
        assertThat(post(user).text("id")).isEqualTo(first.text("id"));
        assertThat(drop(aDayLater(), 64)).isPositive();

        assertThat(post(user).text("id")).isNotEqualTo(first.text("id"));
    }

    @Test
    void manyPages_areWalkedOneByOne() {
        PostId first = PostId.of(1, Users.onShard(SHARD).slot(), 1);
        shards.write(SHARD, () -> jdbc.sql("""
                        INSERT INTO idempotency_key (user_id, key, fingerprint, created_id)
                        SELECT 7, 'many ' || n, sha256('x'), :first + (n::bigint << 22) FROM generate_series(1, 1000) n""").param("first", first.value()).update());

        assertThat(drop(InstantSource.system(), 1)).isGreaterThanOrEqualTo(1_000);
        assertThat(shards.write(
                        SHARD,
                        () -> jdbc.sql("SELECT count(*) FROM idempotency_key WHERE key LIKE 'many %'")
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    /** Both sides of a move are compared row by row. */
    @Test
    void keysOfASlotThatIsBeingMoved_stay() {
        UserId user = Users.onShard(SHARD);
        Answer first = post(user);
        standing(user, "MIRRORING", 0);
        assertThat(drop(aDayLater(), 64)).isZero();
        standing(user, "REPLICA", 0);
        assertThat(drop(aDayLater(), 64)).isZero();
        standing(user, "OWNER", null);

        assertThat(post(user).text("id")).isEqualTo(first.text("id"));
        assertThat(drop(aDayLater(), 64)).isPositive();
    }

    private Answer post(UserId user) {
        Answer answer = new Api(port).post(user, "/v1/posts", "{\"content\":\"x\"}", "Idempotency-Key", "k");
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private long drop(InstantSource clock, int pages) {
        return new ExpiredKeys(shards, jdbc, clock, DAY, pages).drop(SHARD);
    }

    private static InstantSource aDayLater() {
        Instant later = Clock.systemUTC().instant().plus(DAY).plusSeconds(1);
        return () -> later;
    }

    private void standing(UserId user, String state, @Nullable Integer peer) {
        shards.write(
                SHARD,
                () -> jdbc.sql("UPDATE slot_state SET state = :state, peer = :peer, move = :peer WHERE slot = :slot")
                        .param("state", state)
                        .param("peer", peer)
                        .param("slot", user.slot().number())
                        .update());
    }
}
