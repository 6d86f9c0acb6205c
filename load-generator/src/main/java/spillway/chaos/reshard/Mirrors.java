package spillway.chaos.reshard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import spillway.chaos.site.Wait;

/** Compares each replica of a slot with the slot's owner, once what was written has reached it. */
final class Mirrors {

    /** Count and order-free hash per slot. Names of columns: what both sides must agree on. */
    private static final Map<String, String> DIGESTS = Map.of(
            "posts",
            digest("id", "id, user_id, content, media_urls, version, deleted", "post"),
            "comments",
            digest("post_id", "post_id, id, user_id, content", "comment"),
            "keys",
            digest("created_id", "user_id, key, encode(fingerprint, 'hex'), created_id", "idempotency_key"));

    private final ShardDatabases databases;

    Mirrors(ShardDatabases databases) {
        this.databases = databases;
    }

    /**
     * What came of a comparison.
     *
     * @param replicas slots with a replica
     * @param differences relations of slots that are not the same on both sides
     */
    record Result(int replicas, long differences, List<String> examples) {

        Result {
            examples = List.copyOf(examples);
        }
    }

    private record Digest(long rows, String hash) {}

    private static String digest(String id, String columns, String relation) {
        return """
                select ((%s >> 10) & 4095)::integer as slot, count(*),
                       sum(hash_record_extended(row(%s), 0)::numeric)::text
                from %s group by 1""".formatted(id, columns, relation);
    }

    /** Whether all that was written has been mirrored in the time given. */
    boolean isDrained(Duration limit) {
        return Wait.until(() -> waiting() == 0, limit);
    }

    private long waiting() {
        long waiting = 0;
        for (int shard : databases.numbers()) {
            try (Connection connection = databases.connect(shard);
                    PreparedStatement query = connection.prepareStatement("select count(*) from change");
                    ResultSet rows = query.executeQuery()) {
                rows.next();
                waiting += rows.getLong(1);
            } catch (SQLException e) {
                return Long.MAX_VALUE;
            }
        }
        return waiting;
    }

    Result compare() throws SQLException {
        Map<Integer, Integer> owners = new HashMap<>();
        Map<Integer, Integer> replicas = new HashMap<>();
        for (int shard : databases.numbers()) {
            try (Connection connection = databases.connect(shard)) {
                CensusTaker.roles(connection).forEach((slot, role) -> {
                    switch (role) {
                        case OWNER -> owners.put(slot, shard);
                        case REPLICA -> replicas.put(slot, shard);
                        case NONE -> {}
                    }
                });
            }
        }
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> relation : DIGESTS.entrySet()) {
            Map<Integer, Map<Integer, Digest>> digests = digests(relation.getValue());
            replicas.forEach((slot, replica) -> {
                Digest there = of(digests, replica, slot);
                Digest here = of(digests, owners.getOrDefault(slot, -1), slot);
                if (!there.equals(here)) {
                    differences.add("slot %d: %d %s on its owner, %d on the replica"
                            .formatted(slot, here.rows(), relation.getKey(), there.rows()));
                }
            });
        }
        return new Result(
                replicas.size(),
                differences.size(),
                differences.stream().limit(10).toList());
    }

    private static Digest of(Map<Integer, Map<Integer, Digest>> digests, int shard, int slot) {
        return digests.getOrDefault(shard, Map.of()).getOrDefault(slot, new Digest(0, ""));
    }

    private Map<Integer, Map<Integer, Digest>> digests(String sql) throws SQLException {
        Map<Integer, Map<Integer, Digest>> digests = new HashMap<>();
        for (int shard : databases.numbers()) {
            Map<Integer, Digest> slots = new HashMap<>();
            try (Connection connection = databases.connect(shard);
                    PreparedStatement query = connection.prepareStatement(sql);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    slots.put(rows.getInt(1), new Digest(rows.getLong(2), rows.getString(3)));
                }
            }
            digests.put(shard, slots);
        }
        return digests;
    }
}
