package spillway.lab.shards.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import spillway.lab.stack.NoStack;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;
import spillway.platform.id.PostId;

/**
 * The posts of a running stack, read from its shards one after the other: each once, also when its slot is on the move
 * and both shards have it. Their ids tell the time.
 */
public final class LivePosts {

    private static final Set<Part> SERVERS = Set.of(Part.POSTGRES_A, Part.POSTGRES_B);
    private static final int FETCH = 10_000;

    /** By post. */
    private final Map<Long, Long> authors = new HashMap<>();

    LivePosts() {}

    /**
     * Reads them all, without locks.
     *
     * @param environment what the launcher says of the stack
     * @param seed of what they do not say
     * @return empty when there are none
     * @throws NoStack when none is up
     */
    public static Optional<Sample> read(Map<String, String> environment, long seed) throws NoStack, SQLException {
        Stack stack = Stack.from(environment, SERVERS);
        LivePosts posts = new LivePosts();
        for (Part server : SERVERS) {
            for (String shard : shards(stack, server)) {
                try (Connection connection = stack.connect(server, shard)) {
                    posts.collect(connection);
                }
            }
        }
        return posts.sample(seed);
    }

    private static List<String> shards(Stack stack, Part server) throws SQLException {
        List<String> shards = new ArrayList<>();
        try (Connection connection = stack.connect(server, "postgres");
                PreparedStatement query = connection.prepareStatement(
                        "select datname from pg_database where datname ~ '^shard_[0-9]+$'");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                shards.add(rows.getString(1));
            }
        }
        return shards;
    }

    /** Adds a shard's posts, deleted ones left out. */
    void collect(Connection shard) throws SQLException {
        // Only within a transaction does the driver fetch piece by piece.
        shard.setAutoCommit(false);
        try (PreparedStatement query = shard.prepareStatement("select id, user_id from post where not deleted")) {
            query.setFetchSize(FETCH);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next() && authors.size() < Generator.MOST) {
                    authors.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        shard.rollback();
    }

    Optional<Sample> sample(long seed) {
        if (authors.isEmpty()) {
            return Optional.empty();
        }
        Homes homes = new Homes(seed);
        List<Write> writes = new ArrayList<>();
        authors.forEach((post, author) ->
                writes.add(new Write(author, post, homes.of(author), Optional.of(new PostId(post).createdAt()))));
        String title = String.format(Locale.ROOT, "%,d posts of the running stack", writes.size());
        List<String> notes = new ArrayList<>(List.of(Homes.NOTE));
        if (authors.size() == Generator.MOST) {
            notes.add("There are more: only so many were read.");
        }
        return Optional.of(new Sample(title, notes, writes));
    }
}
