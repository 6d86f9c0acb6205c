package spillway.lab.myths;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import spillway.lab.limits.probe.Bench;

/** How often Redis syncs its append-only file, seen in its own statistics while it is written to without a pause. */
record RedisSync(Bench bench, Duration time) implements Myth {

    private static final String PENDING = "aof_pending_bio_fsync:";
    private static final Duration CLAIMED_AT_LEAST = Duration.ofMillis(50);
    private static final Duration CLAIMED_AT_MOST = Duration.ofMillis(200);

    @Override
    public String claim() {
        return "Redis writes to disk (fsync) every 100 ms.";
    }

    @Override
    public Finding examine() {
        try (RedisClient client = bench.redis()) {
            RedisCommands<String, String> redis = client.connect().sync();
            String policy = redis.configGet("appendonly")
                            .getOrDefault("appendonly", "no")
                            .equals("yes")
                    ? redis.configGet("appendfsync").getOrDefault("appendfsync", "unknown")
                    : "off";
            try {
                return judge(policy, syncs(redis));
            } finally {
                redis.unlink(bench.key("sync"));
            }
        }
    }

    /** When syncs were seen to begin, in nanoseconds: after a write, one is pending that was not before. */
    private List<Long> syncs(RedisCommands<String, String> redis) {
        List<Long> seen = new ArrayList<>();
        boolean pending = true; // one that was under way before has begun at an unknown time
        long end = System.nanoTime() + time.toNanos();
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            redis.incr(bench.key("sync"));
            boolean pendingNow = redis.info("persistence").contains(PENDING + "1");
            if (pendingNow && !pending) {
                seen.add(now);
            }
            pending = pendingNow;
        }
        return seen;
    }

    static Finding judge(String policy, List<Long> syncs) {
        List<String> lines = new ArrayList<>();
        lines.add("append-only file, appendfsync: " + policy);
        Optional<Duration> interval = interval(syncs);
        lines.add(interval.map(apart -> String.format(
                        Locale.ROOT, "%d syncs seen, %,d ms apart (median)", syncs.size(), apart.toMillis()))
                .orElse("no syncs seen at work, only the setting is known"));
        if (interval.isEmpty()) {
            return new Finding(
                    lines,
                    switch (policy) {
                        case "everysec", "no", "off", "always" -> Verdict.FALSE;
                        default -> Verdict.DEPENDS;
                    },
                    "by the setting it is " + meaning(policy));
        }
        Duration apart = interval.get();
        boolean asClaimed = apart.compareTo(CLAIMED_AT_LEAST) >= 0 && apart.compareTo(CLAIMED_AT_MOST) <= 0;
        return new Finding(
                lines,
                asClaimed ? Verdict.TRUE : Verdict.FALSE,
                String.format(Locale.ROOT, "a crash of the machine loses up to %.1f s", apart.toMillis() / 1e3));
    }

    private static String meaning(String policy) {
        return switch (policy) {
            case "everysec" -> "once a second";
            case "always" -> "before each answer";
            case "no" -> "when the operating system likes";
            case "off" -> "never";
            default -> "unknown";
        };
    }

    /** The median of the times between; empty when fewer than two were seen. */
    private static Optional<Duration> interval(List<Long> syncs) {
        if (syncs.size() < 2) {
            return Optional.empty();
        }
        List<Long> apart = new ArrayList<>();
        for (int i = 1; i < syncs.size(); i++) {
            apart.add(syncs.get(i) - syncs.get(i - 1));
        }
        apart.sort(null);
        return Optional.of(Duration.ofNanos(apart.get(apart.size() / 2)));
    }
}
