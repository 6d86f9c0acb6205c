package spillway.load.shed;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import spillway.load.plan.TrafficClass;

/** Counts, of every request of a run, who was told that it was shed, and who heard nothing. Thread-safe. */
public final class Told {

    private final Map<TrafficClass, LongAdder> shed = new EnumMap<>(TrafficClass.class);
    private final Map<TrafficClass, LongAdder> unheard = new EnumMap<>(TrafficClass.class);

    public Told() {
        for (TrafficClass trafficClass : TrafficClass.values()) {
            shed.put(trafficClass, new LongAdder());
            unheard.put(trafficClass, new LongAdder());
        }
    }

    public void shed(TrafficClass trafficClass) {
        Objects.requireNonNull(shed.get(trafficClass)).increment();
    }

    /** The request may have been answered, and the answer was lost. */
    public void unheard(TrafficClass trafficClass) {
        Objects.requireNonNull(unheard.get(trafficClass)).increment();
    }

    long shedOf(TrafficClass trafficClass) {
        return Objects.requireNonNull(shed.get(trafficClass)).sum();
    }

    long unheardOf(TrafficClass trafficClass) {
        return Objects.requireNonNull(unheard.get(trafficClass)).sum();
    }
}
