package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Every row of every shard held against the ledger while nobody writes: each post is on exactly one shard that owns its slot,
 * as it was acknowledged last, with exactly its comments; nothing else is on an owner, and nothing at all where the slot is
 * not known. Rows of replicas are left to {@link Mirrors}. Not thread-safe.
 */
final class Census {

    private static final int KEPT = 20;

    private final Ledger ledger;
    private final BitSet plantedSeen = new BitSet();
    private final BitSet touchedSeen = new BitSet();
    private final Map<Long, Integer> comments = new HashMap<>();
    private final Map<Integer, Integer> owners = new HashMap<>();
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long commentRows;

    /** What a shard is to a slot. */
    enum Role {
        OWNER,
        REPLICA,
        NONE
    }

    /** What can be wrong. */
    enum Fault {
        LOST,
        STALE,
        RESURRECTED,
        ALTERED,
        DOUBLED,
        /** On an owner, and nobody wrote it. */
        UNWRITTEN,
        /** On a shard that does not know the slot. */
        LEFT_BEHIND,
        COMMENT_LOST,
        COMMENT_UNWRITTEN,
        NO_OWNER,
        TWO_OWNERS
    }

    /** A row of the relation post. */
    record Row(long id, long author, long version, boolean deleted, String content) {}

    /** What came of it. */
    record Result(long posts, long comments, Map<Fault, Long> faults, List<String> examples) {

        Result {
            faults = Map.copyOf(faults);
            examples = List.copyOf(examples);
        }

        boolean isClean() {
            return faults.isEmpty();
        }
    }

    Census(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A shard says that it owns the slot. */
    void owner(int slot, int shard) {
        if (owners.put(slot, shard) != null) {
            fault(Fault.TWO_OWNERS, "slot " + slot + ", one of them shard " + shard);
        }
    }

    void post(int shard, Role role, Row row) {
        switch (role) {
            case OWNER -> owned(shard, row);
            case REPLICA -> {}
            case NONE -> fault(Fault.LEFT_BEHIND, "post " + row.id() + " on shard " + shard);
        }
    }

    private void owned(int shard, Row row) {
        rows++;
        String where = "post " + row.id() + " on shard " + shard;
        Optional<Standing> known = ledger.standing(row.id());
        if (known.isEmpty()) {
            fault(Fault.UNWRITTEN, where);
            return;
        }
        if (wasSeen(row.id())) {
            fault(Fault.DOUBLED, where);
        }
        Standing right = known.get();
        if (row.version() < right.version()) {
            fault(
                    right.deleted() && !row.deleted() ? Fault.RESURRECTED : Fault.STALE,
                    where + ": version " + row.version() + ", acknowledged " + right.version());
        } else if (row.version() > right.version()
                || row.deleted() != right.deleted()
                || !(row.deleted() || row.content().equals(Text.of(right.text())))) {
            fault(Fault.ALTERED, where + ": version " + row.version() + ", acknowledged " + right.version());
        }
    }

    /** Marks the post as seen; whether it was before. */
    private boolean wasSeen(long id) {
        Optional<Account> account = ledger.find(id);
        BitSet seen = account.isPresent() ? touchedSeen : plantedSeen;
        int number = account.isPresent()
                ? account.get().number()
                : ledger.planted().number(id).orElseThrow();
        boolean before = seen.get(number);
        seen.set(number);
        return before;
    }

    void comment(int shard, Role role, long post, long comment) {
        switch (role) {
            case OWNER -> {
                commentRows++;
                comments.merge(post, 1, Integer::sum);
                if (!isWritten(post, comment)) {
                    fault(Fault.COMMENT_UNWRITTEN, "comment %d on post %d".formatted(comment, post));
                }
            }
            case REPLICA -> {}
            case NONE -> fault(Fault.LEFT_BEHIND, "comment " + comment + " on shard " + shard);
        }
    }

    private boolean isWritten(long post, long comment) {
        Optional<Account> account = ledger.find(post);
        if (account.isPresent()) {
            return account.get().comments().contains(comment);
        }
        OptionalInt number = ledger.planted().number(post);
        return number.isPresent()
                && ledger.planted().hasComment(number.getAsInt())
                && ledger.planted().comment(number.getAsInt()) == comment;
    }

    /** After the last row: what was not among them is lost. */
    Result result(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            if (!owners.containsKey(slot)) {
                fault(Fault.NO_OWNER, "slot " + slot);
            }
        }
        for (Account account : ledger.accounts()) {
            if (!touchedSeen.get(account.number())) {
                fault(Fault.LOST, "post " + account.id());
            }
            requireComments(account.id(), account.comments());
        }
        Planted planted = ledger.planted();
        for (int post = 0; post < planted.posts(); post++) {
            long id = planted.id(post);
            if (ledger.find(id).isPresent()) {
                continue;
            }
            if (!plantedSeen.get(post)) {
                fault(Fault.LOST, "post " + id);
            }
            requireComments(id, planted.hasComment(post) ? Set.of(planted.comment(post)) : Set.of());
        }
        return new Result(rows, commentRows, faults, examples);
    }

    private void requireComments(long post, Set<Long> right) {
        int found = comments.getOrDefault(post, 0);
        if (found < right.size()) {
            fault(Fault.COMMENT_LOST, "post %d has %d comments, acknowledged %d".formatted(post, found, right.size()));
        }
    }

    private void fault(Fault fault, String what) {
        faults.merge(fault, 1L, Long::sum);
        if (examples.size() < KEPT) {
            examples.add(fault.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + what);
        }
    }
}
