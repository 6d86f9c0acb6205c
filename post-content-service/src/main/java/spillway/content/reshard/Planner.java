package spillway.content.reshard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

/** Chooses the slots that move. Pure. */
final class Planner {

    /** What a slot costs its shard, however seldom it is written: without it slots nobody writes would never be counted. */
    private static final double IDLE = 1e-6;

    private final SortedMap<Integer, SlotSet> owned;

    /** @param owned the slots of each shard that has some */
    Planner(Map<Integer, SlotSet> owned) {
        this.owned = new TreeMap<>(owned);
    }

    /** An equal number of slots for each of {@code to} shards, and no slot moves between shards that have some now. */
    Plan even(int to) {
        List<Plan.Part> parts = new ArrayList<>();
        List<Integer> targets = targets(to);
        int target = 0;
        int wanted = targets.isEmpty() ? 0 : share(to, targets.getFirst());
        for (Map.Entry<Integer, SlotSet> source : owned.entrySet()) {
            int[] slots = source.getValue().numbers().toArray();
            int end = slots.length;
            int keeps = share(to, source.getKey());
            while (end > keeps && target < targets.size()) {
                int moved = Math.min(end - keeps, wanted);
                SlotSet piece = piece(slots, end - moved, end);
                parts.add(new Plan.Part(source.getKey(), targets.get(target), piece));
                end -= moved;
                wanted -= moved;
                if (wanted == 0) {
                    target++;
                    wanted = target < targets.size() ? share(to, targets.get(target)) : 0;
                }
            }
        }
        return new Plan(owned.size(), to, "even", parts);
    }

    private static SlotSet piece(int[] slots, int from, int end) {
        return SlotSet.of(IntStream.range(from, end).map(i -> slots[i]));
    }

    private List<Integer> targets(int to) {
        return IntStream.range(0, to)
                .filter(shard -> !owned.containsKey(shard))
                .boxed()
                .toList();
    }

    /** Slots of the shard with this number when {@code to} shards have as equal a number as can be. */
    private static int share(int to, int shard) {
        return Slot.COUNT / to + (shard < Slot.COUNT % to ? 1 : 0);
    }

    /**
     * The fewest slots that even out the load: from each shard that has more than its share the heaviest go that fit.
     *
     * @param load of each slot, in any unit; of slots not named, none; when none is named, all are alike
     */
    Plan hot(int to, Map<Slot, Double> load) {
        double share = total(SlotSet.ALL, load) / to;
        List<Plan.Part> parts = new ArrayList<>();
        double[] room = IntStream.range(0, to).mapToDouble(shard -> share).toArray();
        for (Map.Entry<Integer, SlotSet> source : owned.entrySet()) {
            SlotSet left = source.getValue();
            double excess = total(left, load) - share;
            for (int target : targets(to)) {
                SlotSet moved = heaviest(left, Math.min(excess, room[target]), load);
                if (moved.isEmpty()) {
                    continue;
                }
                double weight = total(moved, load);
                excess -= weight;
                room[target] -= weight;
                left = left.without(moved);
                parts.add(new Plan.Part(source.getKey(), target, moved));
            }
        }
        return new Plan(owned.size(), to, "hot", parts);
    }

    /** Half of one shard's load to a shard that has no slots. */
    Plan split(int source, int target, Map<Slot, Double> load) {
        SlotSet slots = owned.getOrDefault(source, SlotSet.NONE);
        SlotSet moved = heaviest(slots, total(slots, load) / 2, load);
        return new Plan(owned.size(), owned.size() + 1, "split", List.of(new Plan.Part(source, target, moved)));
    }

    private static double total(SlotSet slots, Map<Slot, Double> load) {
        return slots.stream().mapToDouble(slot -> weight(slot, load)).sum();
    }

    private static double weight(Slot slot, Map<Slot, Double> load) {
        return load.isEmpty() ? 1 : load.getOrDefault(slot, 0.0) + IDLE;
    }

    /** Heaviest first, each that still fits. One slot always stays, since a shard without any would be a pity. */
    private static SlotSet heaviest(SlotSet slots, double most, Map<Slot, Double> load) {
        List<Slot> chosen = new ArrayList<>();
        double left = most;
        List<Slot> byWeight = slots.stream()
                .sorted(Comparator.comparingDouble((Slot slot) -> weight(slot, load))
                        .reversed())
                .toList();
        for (Slot slot : byWeight) {
            double weight = weight(slot, load);
            if (weight > IDLE && weight <= left && chosen.size() + 1 < slots.size()) {
                chosen.add(slot);
                left -= weight;
            }
        }
        return SlotSet.of(chosen);
    }
}
