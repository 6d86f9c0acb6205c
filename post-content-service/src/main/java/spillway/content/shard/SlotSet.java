package spillway.content.shard;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import spillway.platform.id.Slot;

/** Slots, ascending. Immutable. */
public final class SlotSet {

    public static final SlotSet NONE = of(IntStream.empty());

    public static final SlotSet ALL = range(0, Slot.COUNT - 1);

    private final BitSet slots;

    private SlotSet(BitSet slots) {
        this.slots = slots;
    }

    public static SlotSet of(Collection<Slot> slots) {
        return of(slots.stream().mapToInt(Slot::number));
    }

    /** @param numbers each 0 to 4095 */
    public static SlotSet of(IntStream numbers) {
        BitSet set = new BitSet();
        numbers.forEach(number -> set.set(new Slot(number).number()));
        return new SlotSet(set);
    }

    /** @param last included */
    public static SlotSet range(int first, int last) {
        return of(IntStream.rangeClosed(first, last));
    }

    /**
     * Reads Postgres' text of an {@code int4multirange}, such as {@code {[0,256),[300,301)}}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SlotSet parse(String multirange) {
        BitSet set = new BitSet(Slot.COUNT);
        int at = multirange.startsWith("{[") ? 0 : 1;
        while (multirange.startsWith(at == 0 ? "{[" : ",[", at)) {
            int comma = multirange.indexOf(',', at + 1);
            int closed = multirange.indexOf(')', at);
            if (comma < 0 || closed < comma) {
                throw notSlots(multirange);
            }
            int first = Integer.parseUnsignedInt(multirange, at + 2, comma, 10);
            int end = Integer.parseUnsignedInt(multirange, comma + 1, closed, 10);
            if (first >= end || end > Slot.COUNT) {
                throw notSlots(multirange);
            }
            set.set(first, end);
            at = closed + 1;
        }
        if (!multirange.startsWith("{") || !multirange.startsWith("}", at) || multirange.length() != at + 1) {
            throw notSlots(multirange);
        }
        return new SlotSet(set);
    }

    private static IllegalArgumentException notSlots(String multirange) {
        return new IllegalArgumentException("not a multirange of slots: " + multirange);
    }

    public boolean contains(Slot slot) {
        return slots.get(slot.number());
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }

    public int size() {
        return slots.cardinality();
    }

    public IntStream numbers() {
        return slots.stream();
    }

    public Stream<Slot> stream() {
        return numbers().mapToObj(Slot::new);
    }

    public SlotSet and(SlotSet other) {
        BitSet both = (BitSet) slots.clone();
        both.or(other.slots);
        return new SlotSet(both);
    }

    public SlotSet without(SlotSet other) {
        BitSet rest = (BitSet) slots.clone();
        rest.andNot(other.slots);
        return new SlotSet(rest);
    }

    public boolean intersects(SlotSet other) {
        return slots.intersects(other.slots);
    }

    /** In pieces of at most {@code size} slots, ascending. */
    public List<SlotSet> pieces(int size) {
        int[] all = numbers().toArray();
        return IntStream.iterate(0, from -> from < all.length, from -> from + size)
                .mapToObj(from -> of(
                        IntStream.range(from, Math.min(all.length, from + size)).map(i -> all[i])))
                .toList();
    }

    /** As Postgres writes an {@code int4multirange}. */
    public String multirange() {
        return ranges((first, end) -> "[" + first + "," + end + ")").collect(Collectors.joining(",", "{", "}"));
    }

    /** For people: {@code 0-255,300}. */
    @Override
    public String toString() {
        return ranges((first, end) -> end - first == 1 ? "" + first : first + "-" + (end - 1))
                .collect(Collectors.joining(","));
    }

    private Stream<String> ranges(RangeText text) {
        return IntStream.iterate(
                        slots.nextSetBit(0), from -> from >= 0, from -> slots.nextSetBit(slots.nextClearBit(from)))
                .mapToObj(from -> text.of(from, slots.nextClearBit(from)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotSet set && slots.equals(set.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
    }

    @FunctionalInterface
    private interface RangeText {
        String of(int first, int end);
    }
}
