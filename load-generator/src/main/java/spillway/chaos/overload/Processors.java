package spillway.chaos.overload;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import spillway.chaos.site.Site;

/** How much of the machine's processors each process takes from one look to the next, and how much none of them gets. */
final class Processors {

    private static final List<String> PARTS = List.of(
            "gateway", "content", "metrics", "batcher", "analytics", "postgres-a", "postgres-b", "redis", "kafka");
    private static final String OURSELVES = "generator";

    /** What the host gave to other machines, where this one is virtual. */
    static final String STOLEN = "stolen";

    private final Site site;
    private final int cores;
    private final Map<String, Duration> before;
    private final Ticks ticksBefore = Ticks.read(Ticks.STAT);
    private final long since = System.nanoTime();

    Processors(Site site, int cores) {
        this.site = site;
        this.cores = cores;
        this.before = times(site);
    }

    /** Shares of all processors since this was made, 0 to 1; what has died since is left out. And {@link #STOLEN}, if known. */
    Map<String, Double> shares() {
        double machine = (double) (System.nanoTime() - since) * cores;
        Map<String, Double> shares = new LinkedHashMap<>();
        times(site).forEach((name, time) -> {
            Duration spent = time.minus(before.getOrDefault(name, Duration.ZERO));
            if (!spent.isNegative()) {
                shares.put(name, spent.toNanos() / machine);
            }
        });
        Ticks.read(Ticks.STAT).stolenSince(ticksBefore).ifPresent(share -> shares.put(STOLEN, share));
        return shares;
    }

    private static Map<String, Duration> times(Site site) {
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put(OURSELVES, of(ProcessHandle.current()));
        for (String name : PARTS) {
            site.part(name)
                    .flatMap(Site.Entry::process)
                    .ifPresent(process -> times.put(
                            name,
                            Stream.concat(Stream.of(process), process.descendants())
                                    .map(Processors::of)
                                    .reduce(Duration.ZERO, Duration::plus)));
        }
        return times;
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
