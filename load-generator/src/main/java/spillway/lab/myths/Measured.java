package spillway.lab.myths;

import java.util.EnumMap;
import java.util.Map;
import spillway.lab.limits.probe.Bench;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.Probes;
import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;

/** Readings of this host's limits, each taken when a myth first asks for it. */
final class Measured {

    private final Bench bench;
    private final Meter meter;
    private final Map<Quantity, Reading> readings = new EnumMap<>(Quantity.class);

    Measured(Bench bench, Meter meter) {
        this.bench = bench;
        this.meter = meter;
    }

    Reading of(Quantity quantity) throws Exception {
        Reading known = readings.get(quantity);
        if (known != null) {
            return known;
        }
        Reading taken = Probes.of(quantity, bench).run(meter);
        readings.put(quantity, taken);
        return taken;
    }
}
