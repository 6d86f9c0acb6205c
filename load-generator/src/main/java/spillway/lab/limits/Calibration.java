package spillway.lab.limits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.Probe;
import spillway.lab.limits.probe.ProbeFailure;
import spillway.lab.limits.probe.Quantity;

/** Runs one probe after the other; one that fails does not keep the others from running. */
final class Calibration {

    private final List<Probe> probes;
    private final Meter meter;

    Calibration(List<Probe> probes, Meter meter) {
        this.probes = List.copyOf(probes);
        this.meter = meter;
    }

    /** Is told how far it is. */
    interface Watcher {

        /** @param number of the probe, from 0 */
        void begins(Probe probe, int number, int probes);

        void measured(Limit limit);

        void failed(Probe probe, String reason);
    }

    Limits run(Instant at, Host host, Map<String, String> servers, Watcher watcher) {
        List<Limit> measured = new ArrayList<>();
        Map<Quantity, String> failed = new EnumMap<>(Quantity.class);
        for (int i = 0; i < probes.size() && !Thread.currentThread().isInterrupted(); i++) {
            Probe probe = probes.get(i);
            watcher.begins(probe, i, probes.size());
            try {
                Limit limit = new Limit(probe.quantity(), probe.how(), probe.run(meter));
                measured.add(limit);
                watcher.measured(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) { // whatever a driver or server objects to is this probe's failure, and only its
                String reason = ProbeFailure.reason(e);
                failed.put(probe.quantity(), reason);
                watcher.failed(probe, reason);
            }
        }
        return new Limits(at, host, servers, measured, failed);
    }
}
