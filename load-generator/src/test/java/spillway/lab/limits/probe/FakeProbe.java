package spillway.lab.limits.probe;

import java.util.Map;
import java.util.Set;
import spillway.lab.stack.Part;

/** A probe that does what it is told. */
public record FakeProbe(Quantity quantity, Run run) implements Probe {

    public static final Reading READING = new Reading(1_000, 990, 1_010, Map.of(Part.REDIS, 12.0), 3);

    /** What it does. */
    @FunctionalInterface
    public interface Run {
        Reading on(Meter meter) throws Exception;
    }

    @Override
    public String how() {
        return "as told";
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.REDIS);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        return run.on(meter);
    }
}
