package spillway.batcher.collapse;

import java.util.Arrays;
import spillway.platform.id.Hash64;

/**
 * The last operation per (post, member) of one bucket within one batch window. Not thread-safe; reused between windows.
 *
 * <p>Raw {@code long}s in open-addressing tables, because one {@link #put} runs per like. {@code pairs} finds the entry of
 * a (post, member), {@code groups} the group of a post; both hold an index plus one, zero meaning free. Entries of a post
 * form a chain through {@code next}, so that a group's members are read without a sort.
 */
public final class Fold {

    private static final int SMALLEST = 16;

    private int size;
    private long[] posts = new long[SMALLEST];
    private long[] members = new long[SMALLEST];
    private boolean[] added = new boolean[SMALLEST];
    private int[] groupOf = new int[SMALLEST];
    private int[] next = new int[SMALLEST];
    private int[] pairs = new int[2 * SMALLEST];

    private int groupCount;
    private long[] groupPost = new long[SMALLEST];
    private int[] groupHead = new int[SMALLEST];
    private int[] groupSize = new int[SMALLEST];
    private int[] groupAdds = new int[SMALLEST];
    private int[] groups = new int[2 * SMALLEST];

    /** Takes one operation, in the order of the log: it replaces an earlier one of the same member on the same post. */
    public void put(long post, long member, boolean add) {
        int slot = pairSlot(post, member);
        if (pairs[slot] != 0) {
            int entry = pairs[slot] - 1;
            if (added[entry] != add) {
                added[entry] = add;
                groupAdds[groupOf[entry]] += add ? 1 : -1;
            }
            return;
        }
        if (size == posts.length) {
            growEntries();
            slot = pairSlot(post, member);
        }
        int entry = size++;
        pairs[slot] = size;
        posts[entry] = post;
        members[entry] = member;
        added[entry] = add;
        int group = group(post);
        groupOf[entry] = group;
        next[entry] = groupHead[group];
        groupHead[group] = entry + 1;
        groupSize[group]++;
        groupAdds[group] += add ? 1 : 0;
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

    /** Members whose last operation on the group's post adds them. */
    public long[] added(int group) {
        return membersOf(group, true, groupAdds[group]);
    }

    /** Members whose last operation on the group's post removes them. */
    public long[] removed(int group) {
        return membersOf(group, false, groupSize[group] - groupAdds[group]);
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(pairs, 0);
            Arrays.fill(groups, 0);
            size = 0;
            groupCount = 0;
        }
    }

    private long[] membersOf(int group, boolean add, int count) {
        long[] result = new long[count];
        int filled = 0;
        for (int link = groupHead[group]; link != 0; link = next[link - 1]) {
            if (added[link - 1] == add) {
                result[filled++] = members[link - 1];
            }
        }
        return result;
    }

    private int group(long post) {
        int slot = groupSlot(post);
        if (groups[slot] != 0) {
            return groups[slot] - 1;
        }
        if (groupCount == groupPost.length) {
            growGroups();
            slot = groupSlot(post);
        }
        int group = groupCount++;
        groups[slot] = groupCount;
        groupPost[group] = post;
        groupHead[group] = 0;
        groupSize[group] = 0;
        groupAdds[group] = 0;
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

    private void growEntries() {
        int capacity = 2 * posts.length;
        posts = Arrays.copyOf(posts, capacity);
        members = Arrays.copyOf(members, capacity);
        added = Arrays.copyOf(added, capacity);
        groupOf = Arrays.copyOf(groupOf, capacity);
        next = Arrays.copyOf(next, capacity);
        pairs = new int[2 * capacity];
        for (int entry = 0; entry < size; entry++) {
            pairs[pairSlot(posts[entry], members[entry])] = entry + 1;
        }
    }

    private void growGroups() {
        int capacity = 2 * groupPost.length;
        groupPost = Arrays.copyOf(groupPost, capacity);
        groupHead = Arrays.copyOf(groupHead, capacity);
        groupSize = Arrays.copyOf(groupSize, capacity);
        groupAdds = Arrays.copyOf(groupAdds, capacity);
        groups = new int[2 * capacity];
        for (int group = 0; group < groupCount; group++) {
            groups[groupSlot(groupPost[group])] = group + 1;
        }
    }
}
