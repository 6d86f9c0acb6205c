package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spillway.content.shard.SlotSet;
import spillway.platform.id.Slot;

class PlannerTest {

    @Test
    void twiceAsManyShards_takeTheUpperHalfOfOneEach() {
        Plan plan = new Planner(even(8)).even(16);

        assertThat(plan.parts()).hasSize(8);
        assertThat(plan.parts().getFirst()).isEqualTo(new Plan.Part(0, 8, SlotSet.range(256, 511)));
        assertThat(plan.parts().getLast()).isEqualTo(new Plan.Part(7, 15, SlotSet.range(3840, 4095)));
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1,3", "2,3", "8,9", "8,12", "8,16", "3,7", "7,64", "5,4096"})
    void afterwards_everyShardHasAsManySlotsAsTheNext(int from, int to) {
        Map<Integer, SlotSet> before = even(from);

        Map<Integer, SlotSet> after = after(before, new Planner(before).even(to));

        assertThat(after).hasSize(to);
        assertThat(after.values())
                .extracting(SlotSet::size)
                .allMatch(size -> size == 4096 / to || size == 4096 / to + 1);
        assertThat(after.values().stream().reduce(SlotSet.NONE, SlotSet::and)).isEqualTo(SlotSet.ALL);
    }

    @Test
    void heavySlots_moveAndTheManyLightOnesStay() {
        Map<Slot, Double> load = new HashMap<>();
        IntStream.range(0, 4096).forEach(slot -> load.put(new Slot(slot), 1.0));
        IntStream.range(0, 40).forEach(slot -> load.put(new Slot(slot), 100.0));
        Map<Integer, SlotSet> before = even(8);

        Plan plan = new Planner(before).hot(9, load);

        SlotSet moved = plan.parts().stream().map(Plan.Part::slots).reduce(SlotSet.NONE, SlotSet::and);
        assertThat(moved.size()).isLessThan(110);
        Map<Integer, Double> loads = after(before, plan).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, shard -> total(shard.getValue(), load)));
        assertThat(loads.get(8)).isBetween(700.0, 920.0);
    }

    @Test
    void split_takesHalfOfTheLoad() {
        Map<Slot, Double> load =
                Map.of(new Slot(1), 60.0, new Slot(2), 30.0, new Slot(3), 20.0, new Slot(4), 10.0, new Slot(600), 99.0);

        Plan plan = new Planner(even(8)).split(0, 8, load);

        assertThat(plan.parts()).isEqualTo(List.of(new Plan.Part(0, 8, SlotSet.range(1, 1))));
    }

    @Test
    void splitOfAShardThatNobodyWrites_takesHalfOfItsSlots() {
        Plan plan = new Planner(even(8)).split(3, 8, Map.of());

        assertThat(plan.parts().getFirst().slots().size()).isEqualTo(256);
    }

    private static double total(SlotSet slots, Map<Slot, Double> load) {
        return slots.stream().mapToDouble(slot -> load.getOrDefault(slot, 0.0)).sum();
    }

    private static Map<Integer, SlotSet> even(int shards) {
        return IntStream.range(0, shards)
                .boxed()
                .collect(Collectors.toMap(
                        shard -> shard,
                        shard -> SlotSet.of(IntStream.range(0, 4096).filter(slot -> slot * shards / 4096 == shard))));
    }

    private static Map<Integer, SlotSet> after(Map<Integer, SlotSet> before, Plan plan) {
        Map<Integer, SlotSet> after = new HashMap<>(before);
        for (Plan.Part part : plan.parts()) {
            after.computeIfPresent(part.source(), (shard, slots) -> slots.without(part.slots()));
            after.merge(part.target(), part.slots(), SlotSet::and);
        }
        return after;
    }
}
