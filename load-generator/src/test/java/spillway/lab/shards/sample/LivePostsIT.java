package spillway.lab.shards.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import spillway.platform.id.PostId;
import spillway.platform.id.Slot;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.POSTGRES)
class LivePostsIT {

    private static final long DAY = 86_400_000;

    @Test
    void aPostThatTwoShardsHave_isReadOnce_aDeletedOneNot(Servers servers) throws SQLException {
        long first = PostId.of(0, new Slot(7), 0).value();
        long second = PostId.of(DAY, new Slot(7), 0).value();
        long deleted = PostId.of(DAY, new Slot(8), 0).value();
        LivePosts posts = new LivePosts();
        for (List<Long> rows : List.of(List.of(second, deleted), List.of(second, first))) {
            Servers.Database database = servers.postgres().newDatabase();
            try (Connection shard =
                    DriverManager.getConnection(database.url(), database.username(), database.password())) {
                try (Statement statement = shard.createStatement()) {
                    statement.execute("create table post (id bigint, user_id bigint, deleted boolean)");
                    for (long post : rows) {
                        statement.execute("insert into post values (%d, 42, %b)".formatted(post, post == deleted));
                    }
                }
                posts.collect(shard);
            }
        }
        Sample sample = posts.sample(1).orElseThrow();

        assertThat(sample.keys(ShardKey.POST)).containsExactly(first, second);
        assertThat(sample.keys(ShardKey.USER)).containsExactly(42, 42);
        assertThat(sample.loads(ShardKey.TIME).size()).isEqualTo(2);
    }

    @Test
    void aStackWithoutPosts_hasNoSample() {
        assertThat(new LivePosts().sample(1)).isEmpty();
    }
}
