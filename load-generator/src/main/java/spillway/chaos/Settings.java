package spillway.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is to be; with the seed it decides the schedule and the traffic.
 *
 * @param rate likes per second
 * @param storm how long faults go on
 * @param every from one fault to the next on average
 * @param weights how often each fault is drawn compared with the others
 * @param tampers whether a count is changed by hand in the end, which the oracle must find
 */
record Settings(
        long seed,
        int rate,
        Duration storm,
        Duration every,
        Map<Fault, Integer> weights,
        List<String> faults,
        boolean tampers) {

    /** Enough pairs that most of them are free, whatever the rate. */
    private static final int POSTS = 300;

    private static final int FEW_POSTS = 40;
    private static final int SLOW = 1_000;
    private static final int SINGLES = 20;

    Settings {
        weights = Map.copyOf(weights);
        faults = List.copyOf(faults);
    }

    Schedule schedule() {
        return Schedule.draw(seed, storm, every, new TreeMap<>(weights));
    }

    Crowd crowd() {
        return new Crowd(rate > SLOW ? POSTS : FEW_POSTS, Math.clamp(2L * rate, 1_000, 20_000), SINGLES);
    }

    /** What runs the same again. */
    String command() {
        StringBuilder command = new StringBuilder("./spillway chaos likes --seed %d --length %ds --rate %d --every %dms"
                .formatted(seed, storm.toSeconds(), rate, every.toMillis()));
        if (!faults.isEmpty()) {
            command.append(" --faults ").append(String.join(",", faults));
        }
        return command.append(tampers ? " --tamper" : "").toString();
    }
}
