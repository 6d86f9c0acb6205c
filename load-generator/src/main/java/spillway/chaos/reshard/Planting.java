package spillway.chaos.reshard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import spillway.platform.id.PostId;

/** Puts the planted posts and their comments where the shard map wants them, many rows by one statement. */
final class Planting {

    private static final int AT_ONCE = 5_000;

    private final ShardDatabases databases;
    private final Planted planted;

    Planting(ShardDatabases databases, Planted planted) {
        this.databases = databases;
        this.planted = planted;
    }

    /** Stores the posts of these numbers. */
    @FunctionalInterface
    private interface Insert {
        void into(Connection shard, List<Integer> posts) throws SQLException;
    }

    void plant() throws SQLException {
        Map<Integer, Integer> shards = shardsOfSlots();
        Map<Integer, Connection> connections = new HashMap<>();
        try {
            for (int shard : shards.values()) {
                if (!connections.containsKey(shard)) {
                    connections.put(shard, databases.connect(shard));
                }
            }
            plant(this::insertPosts, post -> true, shards, connections);
            plant(this::insertComments, planted::hasComment, shards, connections);
            for (Connection connection : connections.values()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("analyze post, comment");
                }
            }
        } finally {
            for (Connection connection : connections.values()) {
                connection.close();
            }
        }
    }

    private Map<Integer, Integer> shardsOfSlots() throws SQLException {
        Map<Integer, Integer> shards = new HashMap<>();
        try (Connection catalog = databases.catalog();
                PreparedStatement query = catalog.prepareStatement("select slot, shard from shard_slot");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                shards.put(rows.getInt("slot"), rows.getInt("shard"));
            }
        }
        return shards;
    }

    private void plant(
            Insert insert, IntPredicate which, Map<Integer, Integer> shards, Map<Integer, Connection> connections)
            throws SQLException {
        Map<Integer, List<Integer>> waiting = new HashMap<>();
        for (int post = 0; post < planted.posts(); post++) {
            if (which.test(post)) {
                Integer shard = shards.get(new PostId(planted.id(post)).slot().number());
                if (shard == null) {
                    throw new SQLException("the shard map has no shard for post number " + post);
                }
                List<Integer> posts = waiting.computeIfAbsent(shard, first -> new ArrayList<>());
                posts.add(post);
                if (posts.size() == AT_ONCE) {
                    insert.into(connection(connections, shard), posts);
                    posts.clear();
                }
            }
        }
        for (Map.Entry<Integer, List<Integer>> rest : waiting.entrySet()) {
            insert.into(connection(connections, rest.getKey()), rest.getValue());
        }
    }

    private static Connection connection(Map<Integer, Connection> connections, int shard) throws SQLException {
        Connection connection = connections.get(shard);
        if (connection == null) {
            throw new SQLException("no connection to shard " + shard);
        }
        return connection;
    }

    private void insertPosts(Connection shard, List<Integer> posts) throws SQLException {
        try (PreparedStatement insert = shard.prepareStatement("""
                insert into post (id, user_id, content, media_urls, version, deleted)
                select id, user_id, content, '{}', version, deleted
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[])
                    as planted (id, user_id, content, version, deleted)""")) {
            insert.setArray(
                    1,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::id).toArray()));
            insert.setArray(
                    2,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::author).toArray()));
            insert.setArray(
                    3,
                    shard.createArrayOf(
                            "text",
                            posts.stream()
                                    .map(post -> planted.isDeleted(post) ? "" : Text.of(planted.text(post)))
                                    .toArray()));
            insert.setArray(
                    4,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::version).toArray()));
            insert.setArray(
                    5,
                    shard.createArrayOf(
                            "boolean", posts.stream().map(planted::isDeleted).toArray()));
            insert.executeUpdate();
        }
    }

    private void insertComments(Connection shard, List<Integer> posts) throws SQLException {
        try (PreparedStatement insert = shard.prepareStatement("""
                insert into comment (post_id, id, user_id, content)
                select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[])""")) {
            insert.setArray(
                    1,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::id).toArray()));
            insert.setArray(
                    2,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::comment).toArray()));
            insert.setArray(
                    3,
                    shard.createArrayOf(
                            "bigint", posts.stream().map(planted::author).toArray()));
            insert.setArray(
                    4, shard.createArrayOf("text", posts.stream().map(Text::of).toArray()));
            insert.executeUpdate();
        }
    }
}
