package spillway.batcher.collapse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import spillway.platform.id.Hash64;

/**
 * What a batch window comes to for one bucket: one entry per (post, member). Not thread-safe; reused between windows.
 *
 * <p>A plain operation (sequence 0) replaces whatever came before it. A sequenced one counts only if it is newer than the
 * highest sequence its member ever sent, which the store knows and the window does not. So an entry that saw a sequence
 * keeps its highest one and two effects: the last operation that counts if that sequence is new to the store, and the last
 * that counts if it is not, when only the plain ones do. Whatever the store holds, that is where applying the window's
 * operations one by one would have ended.
 *
 * <p>Raw {@code long}s in open-addressing tables, because one {@link #put} runs per like. {@code pairs} finds the entry of
 * a (post, member), {@code groups} the group of a post; both hold an index plus one, zero meaning free. Entries of a post
 * form a chain through {@code next}, so that a group's members are read without a sort.
 */
public final class Fold {

    private static final int SMALLEST = 16;

    /** Tables larger than this many times what they held are given back after a burst: clearing them costs their size. */
    private static final int SPARSE = 64;

    /**
     * A member that sent sequences.
     *
     * @param sequence the highest of the window
     * @param ifNewer what becomes of the member if the store knows no such sequence yet
     * @param otherwise what becomes of it if the store does
     */
    public record Sequenced(long member, long sequence, Effect ifNewer, Effect otherwise) {}

    private int size;
    private long[] posts = new long[SMALLEST];
    private long[] members = new long[SMALLEST];
    private long[] sequences = new long[SMALLEST];
    private byte[] ifNewer = new byte[SMALLEST];
    private byte[] otherwise = new byte[SMALLEST];
    private int[] groupOf = new int[SMALLEST];
    private int[] next = new int[SMALLEST];
    private int[] pairs = new int[2 * SMALLEST];

    private int groupCount;
    private long[] groupPost = new long[SMALLEST];
    private int[] groupHead = new int[SMALLEST];
    private int[] groupTaken = new int[SMALLEST];
    private long[] groupAccepted = new long[SMALLEST];
    private int[] groupAdds = new int[SMALLEST];
    private int[] groupRemoves = new int[SMALLEST];
    private int[] groupSequenced = new int[SMALLEST];
    private int[] groups = new int[2 * SMALLEST];

    /**
     * Takes one operation, in the order of the log.
     *
     * @param sequence the client's own for this post and member, 0 for none
     * @param acceptedAt milliseconds since the epoch
     */
    public void put(long post, long member, boolean add, long sequence, long acceptedAt) {
        int entry = entry(post, member);
        int group = groupOf[entry];
        groupTaken[group]++;
        groupAccepted[group] += acceptedAt;
        byte effect = (add ? Effect.ADD : Effect.REMOVE).code();
        if (sequence == 0) {
            tally(entry, -1);
            ifNewer[entry] = effect;
            otherwise[entry] = effect;
            tally(entry, 1);
        } else if (sequence > sequences[entry]) {
            tally(entry, -1);
            sequences[entry] = sequence;
            ifNewer[entry] = effect;
            tally(entry, 1);
        }
    }

    /** Distinct (post, member) pairs. */
    public int size() {
        return size;
    }

    /** Distinct posts. */
    public int posts() {
        return groupCount;
    }

    /** The post of a group, 0 to {@link #posts()} - 1. */
    public long post(int group) {
        return groupPost[group];
    }

    /** Operations that were taken on the group's post. */
    public int taken(int group) {
        return groupTaken[group];
    }

    /** Sum of the times at which they were accepted. */
    public long acceptedSum(int group) {
        return groupAccepted[group];
    }

    /** Members without a sequence whose last operation on the group's post adds them. */
    public long[] added(int group) {
        return plain(group, Effect.ADD.code(), groupAdds[group]);
    }

    /** Members without a sequence whose last operation on the group's post removes them. */
    public long[] removed(int group) {
        return plain(group, Effect.REMOVE.code(), groupRemoves[group]);
    }

    public boolean hasSequenced(int group) {
        return groupSequenced[group] > 0;
    }

    /** The other members of the group's post: what becomes of them depends on the sequence that the store knows. */
    public List<Sequenced> sequenced(int group) {
        if (!hasSequenced(group)) {
            return List.of();
        }
        List<Sequenced> result = new ArrayList<>(groupSequenced[group]);
        for (int link = groupHead[group]; link != 0; link = next[link - 1]) {
            int entry = link - 1;
            if (sequences[entry] != 0) {
                result.add(new Sequenced(
                        members[entry],
                        sequences[entry],
                        Effect.ofCode(ifNewer[entry]),
                        Effect.ofCode(otherwise[entry])));
            }
        }
        return result;
    }

    public void clear() {
        if (size == 0) {
            return;
        }
        if (posts.length > SPARSE * Math.max(size, SMALLEST)) {
            shrink();
        } else {
            Arrays.fill(pairs, 0);
            Arrays.fill(groups, 0);
        }
        size = 0;
        groupCount = 0;
    }

    private void shrink() {
        size = 0;
        groupCount = 0;
        resizeEntries(SMALLEST);
        resizeGroups(SMALLEST);
    }

    private long[] plain(int group, byte effect, int count) {
        long[] result = new long[count];
        int filled = 0;
        for (int link = groupHead[group]; filled < count; link = next[link - 1]) {
            if (sequences[link - 1] == 0 && otherwise[link - 1] == effect) {
                result[filled++] = members[link - 1];
            }
        }
        return result;
    }

    /** Keeps count of the kinds of entries of a group, before and after one changes. */
    private void tally(int entry, int by) {
        int group = groupOf[entry];
        if (sequences[entry] != 0) {
            groupSequenced[group] += by;
        } else if (otherwise[entry] == Effect.ADD.code()) {
            groupAdds[group] += by;
        } else if (otherwise[entry] == Effect.REMOVE.code()) {
            groupRemoves[group] += by;
        }
    }

    /** The entry of a pair; a new one has no sequence and no effect. */
    private int entry(long post, long member) {
        int slot = pairSlot(post, member);
        if (pairs[slot] != 0) {
            return pairs[slot] - 1;
        }
        if (size == posts.length) {
            resizeEntries(2 * size);
            slot = pairSlot(post, member);
        }
        int entry = size++;
        pairs[slot] = size;
        posts[entry] = post;
        members[entry] = member;
        sequences[entry] = 0;
        ifNewer[entry] = Effect.NOTHING.code();
        otherwise[entry] = Effect.NOTHING.code();
        int group = group(post);
        groupOf[entry] = group;
        next[entry] = groupHead[group];
        groupHead[group] = size;
        return entry;
    }

    private int group(long post) {
        int slot = groupSlot(post);
        if (groups[slot] != 0) {
            return groups[slot] - 1;
        }
        if (groupCount == groupPost.length) {
            resizeGroups(2 * groupCount);
            slot = groupSlot(post);
        }
        int group = groupCount++;
        groups[slot] = groupCount;
        groupPost[group] = post;
        groupHead[group] = 0;
        groupTaken[group] = 0;
        groupAccepted[group] = 0;
        groupAdds[group] = 0;
        groupRemoves[group] = 0;
        groupSequenced[group] = 0;
        return group;
    }

    private int pairSlot(long post, long member) {
        int mask = pairs.length - 1;
        int slot = (int) Hash64.mix(post, member) & mask;
        while (pairs[slot] != 0 && (posts[pairs[slot] - 1] != post || members[pairs[slot] - 1] != member)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int groupSlot(long post) {
        int mask = groups.length - 1;
        int slot = (int) Hash64.mix(post) & mask;
        while (groups[slot] != 0 && groupPost[groups[slot] - 1] != post) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void resizeEntries(int capacity) {
        posts = Arrays.copyOf(posts, capacity);
        members = Arrays.copyOf(members, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        ifNewer = Arrays.copyOf(ifNewer, capacity);
        otherwise = Arrays.copyOf(otherwise, capacity);
        groupOf = Arrays.copyOf(groupOf, capacity);
        next = Arrays.copyOf(next, capacity);
        pairs = new int[2 * capacity];
        for (int entry = 0; entry < size; entry++) {
            pairs[pairSlot(posts[entry], members[entry])] = entry + 1;
        }
    }

    private void resizeGroups(int capacity) {
        groupPost = Arrays.copyOf(groupPost, capacity);
        groupHead = Arrays.copyOf(groupHead, capacity);
        groupTaken = Arrays.copyOf(groupTaken, capacity);
        groupAccepted = Arrays.copyOf(groupAccepted, capacity);
        groupAdds = Arrays.copyOf(groupAdds, capacity);
        groupRemoves = Arrays.copyOf(groupRemoves, capacity);
        groupSequenced = Arrays.copyOf(groupSequenced, capacity);
        groups = new int[2 * capacity];
        for (int group = 0; group < groupCount; group++) {
            groups[groupSlot(groupPost[group])] = group + 1;
        }
    }
}
