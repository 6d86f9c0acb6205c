package spillway.content.reshard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import spillway.content.shard.MovePools;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;
import spillway.platform.problem.ProblemType;

/** Looks at the shards before anything is planned: who owns what, what it weighs, and whether a target may take more. */
final class Targets {

    /** So many of a shard's newest posts tell where writes come from at present. */
    private static final int RECENT = 100_000;

    private static final int LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final MovePools pools;

    Targets(MovePools pools) {
        this.pools = pools;
    }

    /** How many shards are configured. */
    int configured() {
        return pools.configured();
    }

    /** Whether this instance has found the shard's tables. */
    boolean isReachable(int shard) {
        return pools.isOpen(shard);
    }

    /**
     * The slots of each shard that has some, by the shards' own word.
     *
     * @throws ReshardRefused when a shard cannot be asked, or they do not own each slot once
     */
    Map<Integer, SlotSet> owners() {
        for (int again = 0; again < LOOKS; again++) {
            try {
                return ownersNow();
            } catch (ReshardRefused betweenTwoShards) {
                // The shards are asked one after the other: a slot may have changed its owner in between.
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        return ownersNow();
    }

    private Map<Integer, SlotSet> ownersNow() {
        Map<Integer, SlotSet> owners = new TreeMap<>();
        SlotSet all = SlotSet.NONE;
        for (int shard = 0; shard < pools.configured(); shard++) {
            SlotSet owned = pools.isOpen(shard) ? owned(shard) : SlotSet.NONE;
            if (owned.intersects(all)) {
                throw refused("shard " + shard + " owns slots that another shard owns");
            }
            all = all.and(owned);
            if (!owned.isEmpty()) {
                owners.put(shard, owned);
            }
        }
        if (!all.equals(SlotSet.ALL)) {
            throw refused("slots " + SlotSet.ALL.without(all) + " have no owner that can be reached");
        }
        return owners;
    }

    private SlotSet owned(int shard) {
        try {
            String slots = jdbc(shard).queryForObject("SELECT slots::text FROM ownership", String.class);
            return SlotSet.parse(slots == null ? "{}" : slots);
        } catch (EmptyResultDataAccessException nothing) {
            return SlotSet.NONE;
        } catch (DataAccessException e) {
            throw refused("shard " + shard + " cannot be reached");
        }
    }

    /** @throws ReshardRefused when the shard cannot take slots that it does not have */
    void requireEmpty(int shard) {
        if (shard >= pools.configured()) {
            throw refused("shard " + shard + " is not configured: spillway.content.shard-urls names "
                    + pools.configured() + " shards");
        }
        if (!pools.isOpen(shard)) {
            throw refused("shard " + shard + " cannot be reached, or its tables are not of this version");
        }
        try {
            requireSameSchema(shard);
            for (String table : new String[] {"slot_state", "post", "comment", "idempotency_key", "change"}) {
                if (Boolean.TRUE.equals(
                        jdbc(shard).queryForObject("SELECT EXISTS (SELECT FROM " + table + ")", Boolean.class))) {
                    throw refused("shard " + shard + " is not empty: table " + table + " has rows");
                }
            }
        } catch (DataAccessException e) {
            throw refused("shard " + shard + " cannot be reached");
        }
    }

    private void requireSameSchema(int shard) {
        String theirs = schema(shard);
        String ours = schema(0);
        if (!theirs.equals(ours)) {
            throw refused("the schema of shard " + shard + " is version " + theirs + ", that of shard 0 is " + ours);
        }
    }

    private String schema(int shard) {
        return String.valueOf(jdbc(shard)
                .queryForObject(
                        "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1",
                        String.class));
    }

    /** Of the newest posts of all shards, how many each slot has. */
    Map<Slot, Double> load(Map<Integer, SlotSet> owners) {
        Map<Slot, Double> load = new HashMap<>();
        owners.forEach((shard, slots) -> jdbc(shard)
                .query(
                        "SELECT slot, count(*) AS posts FROM (SELECT slot_of(id) AS slot FROM post ORDER BY id DESC LIMIT "
                                + RECENT + ") AS recent GROUP BY slot",
                        row -> {
                            Slot slot = new Slot(row.getInt("slot"));
                            if (slots.contains(slot)) {
                                load.put(slot, row.getDouble("posts"));
                            }
                        }));
        return load;
    }

    /** About how many rows a move has to copy. */
    long rows(int shard, SlotSet slots) {
        return Stream.of(Relation.values())
                .mapToLong(relation -> RowEstimate.of(jdbc(shard), relation, slots))
                .sum();
    }

    private JdbcTemplate jdbc(int shard) {
        return new JdbcTemplate(pools.of(shard));
    }

    private static ReshardRefused refused(String why) {
        return new ReshardRefused(ProblemType.CONFLICT, why + ".");
    }
}
