package spillway.chaos.overload;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Site;
import spillway.load.plan.Mix;
import spillway.load.plan.Mix.Kind;

/**
 * What all trials stand on.
 *
 * @param capacity writes per second that the stack carries of {@link #MIX}
 */
record Ground(
        OverloadSettings settings,
        Site site,
        Processes processes,
        Control control,
        double capacity,
        Cores cores,
        Notes notes) {

    static final Mix MIX = Mix.BROWSING;
    static final int PEOPLE = 3_000;
    static final int POSTS = 150;
    static final int MOST_IN_FLIGHT = 2_048;

    private static final List<String> PARTS = List.of(
            "gateway", "content", "metrics", "batcher", "analytics", "postgres-a", "postgres-b", "redis", "kafka");

    /** Takes how it stands; the last one counts. */
    interface Notes {
        void standing(String line);
    }

    /** Requests per second, reads included, in which there are so many times the capacity in writes. */
    double rate(double times) {
        return times * capacity / share(MIX);
    }

    /** Of a mix, those that write. */
    static double share(Mix mix) {
        double all = mix.parts().values().stream().mapToInt(Integer::intValue).sum();
        return (all - mix.parts().getOrDefault(Kind.READS, 0)) / all;
    }

    /** The processes by their numbers: one that was restarted has another. */
    Map<String, Long> lives() {
        return PARTS.stream()
                .flatMap(name -> site.part(name).stream())
                .collect(Collectors.toMap(Site.Entry::name, Site.Entry::pid));
    }

    Stream<String> restarted(Map<String, Long> before) {
        Map<String, Long> now = lives();
        return before.keySet().stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .sorted();
    }
}
