package spillway.content.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.shard.Shards;
import spillway.content.testing.TestTokens;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;

/** What a start leaves behind of its rehearsal: connections, and nothing else. */
@SpringBootTest
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class RehearsalIT {

    @Autowired
    private Shards shards;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Test
    void everyShard_wasInsertedInto_andHoldsNothingOfIt() {
        assertThat(shards.numbers()).hasSize(8).allSatisfy(shard -> {
            assertThat(number(shard, "SELECT last_value FROM outbox_seq_seq"))
                    .as("events that were given a number")
                    .isGreaterThanOrEqualTo(20);
            assertThat(number(shard, "SELECT last_value FROM change_seq_seq"))
                    .as("changes that were given a number")
                    .isGreaterThanOrEqualTo(10);
            assertThat(number(shard, "SELECT count(*) FROM post")).isZero();
            assertThat(number(shard, "SELECT count(*) FROM idempotency_key")).isZero();
            assertThat(number(shard, "SELECT count(*) FROM outbox")).isZero();
            assertThat(number(shard, "SELECT count(*) FROM change")).isZero();
        });
    }

    @Test
    void everyShardsPool_hasConnections() {
        assertThat(shards.numbers())
                .allSatisfy(shard -> assertThat(meters.get("hikaricp.connections")
                                .tag("pool", "shard-" + shard)
                                .gauge()
                                .value())
                        .isGreaterThanOrEqualTo(2));
    }

    private long number(int shard, String query) {
        return shards.write(shard, () -> jdbc.sql(query).query(Long.class).single());
    }
}
