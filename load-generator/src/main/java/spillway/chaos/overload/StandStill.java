package spillway.chaos.overload;

import java.io.IOException;
import java.util.List;
import spillway.chaos.site.Processes;

/** Stops a part of the stack with all its processes, and lets them go on. */
final class StandStill implements Disturbance {

    private final Processes processes;
    private final String part;
    private List<ProcessHandle> stopped = List.of();

    StandStill(Processes processes, String part) {
        this.processes = processes;
        this.part = part;
    }

    @Override
    public void begin() throws IOException {
        stopped = processes.stopWhole(part);
    }

    @Override
    public void end() throws IOException {
        // Children first: their parent may ask for them as soon as it goes on.
        for (ProcessHandle process : stopped.reversed()) {
            processes.goOn(process);
        }
    }
}
