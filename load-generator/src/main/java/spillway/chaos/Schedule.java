package spillway.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Which fault strikes when: a pure function of the seed and of what was asked for. */
record Schedule(List<Strike> strikes) {

    /** Apart from the traffic's, so that other faults do not make other traffic. */
    private static final long STREAM = 0x5712_AE5EL;

    Schedule {
        strikes = List.copyOf(strikes);
    }

    /**
     * Draws a schedule.
     *
     * @param every from one fault to the next on average; each gap is between half and one and a half of it
     * @param weights how often each fault is drawn compared with the others; not empty
     */
    static Schedule draw(long seed, Duration length, Duration every, Map<Fault, Integer> weights) {
        SplittableRandom random = new SplittableRandom(seed ^ STREAM);
        List<Strike> strikes = new ArrayList<>();
        Duration at = gap(every, random);
        while (at.compareTo(length) < 0) {
            strikes.add(new Strike(strikes.size() + 1, at, draw(weights, random), random.nextInt(1 << 20)));
            at = at.plus(gap(every, random));
        }
        return new Schedule(strikes);
    }

    private static Duration gap(Duration every, SplittableRandom random) {
        return Duration.ofMillis((long) (every.toMillis() * (0.5 + random.nextDouble())));
    }

    private static Fault draw(Map<Fault, Integer> weights, SplittableRandom random) {
        int ticket = random.nextInt(
                weights.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<Fault, Integer> entry : weights.entrySet()) {
            ticket -= entry.getValue();
            if (ticket < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("more tickets than weights");
    }
}
