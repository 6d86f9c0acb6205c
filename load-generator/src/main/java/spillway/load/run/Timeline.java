package spillway.load.run;

import java.util.List;
import spillway.load.plan.Phase;

/** Which phase an instant of a part belongs to. */
final class Timeline {

    private final long[] ends;

    Timeline(List<Phase> phases) {
        ends = new long[phases.size()];
        long end = 0;
        for (int phase = 0; phase < ends.length; phase++) {
            end += phases.get(phase).length().toNanos();
            ends[phase] = end;
        }
    }

    /** In nanoseconds. */
    long length() {
        return ends[ends.length - 1];
    }

    /** The number of the phase, counted from 0; what comes after the end belongs to the last. */
    int at(long nanosAfterStart) {
        int phase = 0;
        while (phase < ends.length - 1 && nanosAfterStart >= ends[phase]) {
            phase++;
        }
        return phase;
    }
}
