package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.content.shard.SlotSet;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.POSTGRES)
class RowEstimateIT {

    /** Of slots 0 to 9 in turn: some 300 pages. */
    private static final int ROWS = 20_000;

    private HikariDataSource pool;
    private JdbcTemplate shard;

    @BeforeEach
    void fill(Servers servers) {
        pool = PostgresSideIT.pool(servers.postgres().newDatabase());
        shard = new JdbcTemplate(pool);
        List<Object[]> posts = LongStream.rangeClosed(1, ROWS)
                .mapToObj(i ->
                        new Object[] {PostId.of(i, new Slot((int) (i % 10)), 0).value()})
                .toList();
        shard.batchUpdate("INSERT INTO post VALUES (?, 9, 'some words of a post', '{}', 1, false)", posts);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void ofATableThatIsSmall_itIsExact() {
        assertThat(RowEstimate.of(shard, Relation.POST, SlotSet.range(0, 2), 1_000))
                .isEqualTo(3 * ROWS / 10);
        assertThat(RowEstimate.of(shard, Relation.COMMENT, SlotSet.range(0, 2), 1_000))
                .isZero();
    }

    /** Five times what so many pages, picked at random, are off on average. */
    @Test
    void ofALargeTable_aPartIsLookedAt_andItIsAboutRight() {
        assertThat(RowEstimate.of(shard, Relation.POST, SlotSet.range(0, 2), 100))
                .isCloseTo(3 * ROWS / 10, Percentage.withPercentage(45));
    }
}
