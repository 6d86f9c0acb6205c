package spillway.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import spillway.chaos.site.Processes;
import spillway.chaos.site.Wait;
import spillway.platform.events.EngagementKey;
import spillway.platform.wire.Wire;

/** Does to the stack what the schedule says, and tells what came of it. Thread-safe. */
final class Injector {

    /** Twice the batchers' session with Kafka: the other one has taken over and moved the watermarks. */
    private static final Duration ZOMBIE = Duration.ofSeconds(12);

    private static final Duration SEEN = Duration.ofSeconds(10);
    private static final String WIRE = "wire";
    private static final int PARTITIONS = 8;
    private static final int REPEATED = 400;

    private final Processes processes;
    private final Wire wire;
    private final RedisDoor redis;
    private final LikesLog log;
    private final BatcherMeters meters;
    private final Traffic traffic;
    private final Pairs pairs;
    private final Crowd crowd;
    private final Map<Long, Integer> postNumbers;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicLong poisoned = new AtomicLong();
    private final AtomicLong perhapsPoisoned = new AtomicLong();

    /** What the faults are done with. */
    record Tools(Processes processes, Wire wire, RedisDoor redis, LikesLog log, BatcherMeters meters) {}

    Injector(Tools tools, Traffic traffic, Pairs pairs, Crowd crowd, Map<Long, Integer> postNumbers) {
        this.processes = tools.processes();
        this.wire = tools.wire();
        this.redis = tools.redis();
        this.log = tools.log();
        this.meters = tools.meters();
        this.traffic = traffic;
        this.pairs = pairs;
        this.crowd = crowd;
        this.postNumbers = Map.copyOf(postNumbers);
    }

    /**
     * What came of a strike.
     *
     * @param done false when its target was not in a state to be struck
     * @param fenced flushes of a zombie that were fenced; -1 for all else, and where nobody could say
     */
    record Struck(Strike strike, boolean done, long fenced, String what) {}

    /** Returns when the fault is over and the stack had the time to notice. */
    Struck strike(Strike strike) {
        try {
            return switch (strike.fault()) {
                case KILL_BATCHER -> kill(strike, "batcher");
                case KILL_TWIN -> kill(strike, "batcher-twin");
                case KILL_METRICS -> kill(strike, "metrics");
                case KILL_GATEWAY -> kill(strike, "gateway");
                case KILL_REDIS -> kill(strike, "redis");
                case KILL_KAFKA -> kill(strike, "kafka");
                case ZOMBIE -> zombie(strike, strike.salt() % 2 == 0 ? "batcher" : "batcher-twin");
                case LOSE_REPLIES -> loseReplies(strike);
                case DELAY -> delay(strike);
                case STALL -> stall(strike);
                case RESET -> reset(strike);
                case FLUSH_REDIS -> flushRedis(strike);
                case REPEAT_API -> repeatByApi(strike);
                case REPEAT_LOG -> repeatInLog(strike);
                case POISON -> poison(strike);
            };
        } catch (IOException | IllegalStateException | KafkaException e) {
            return skipped(strike, e.getMessage());
        }
    }

    /** Records of poison that the log has for certain. */
    long poisoned() {
        return poisoned.get();
    }

    /** Those of which nobody knows whether it has them. */
    long perhapsPoisoned() {
        return perhapsPoisoned.get();
    }

    private Struck kill(Strike strike, String name) {
        if (!busy.add(name)) {
            return skipped(strike, name + " is being struck");
        }
        try {
            if (!processes.serves(name)) {
                return skipped(strike, name + " is not back yet");
            }
            processes.kill(name);
            return processes
                    .awaitBack(name)
                    .map(time -> done(strike, "back after %.1f s".formatted(time.toMillis() / 1e3)))
                    .orElseGet(() -> done(strike, name + " did not come back"));
        } finally {
            busy.remove(name);
        }
    }

    private Struck zombie(Strike strike, String name) throws IOException {
        String other = name.equals("batcher") ? "batcher-twin" : "batcher";
        if (!busy.add(name)) {
            return skipped(strike, name + " is being struck");
        }
        try {
            if (!processes.serves(name) || !processes.serves(other)) {
                return skipped(strike, "not both batchers are there");
            }
            long before = meters.fenced(name);
            ProcessHandle process = processes.stop(name);
            try {
                Wait.during(ZOMBIE);
            } finally {
                processes.goOn(process);
            }
            Wait.until(() -> before >= 0 && meters.fenced(name) > before, SEEN);
            long after = meters.fenced(name);
            long fenced = before < 0 || after < before ? -1 : after - before;
            return new Struck(
                    strike,
                    true,
                    fenced,
                    "%s stopped for %.1f s, %s"
                            .formatted(
                                    name,
                                    ZOMBIE.toMillis() / 1e3,
                                    fenced < 0 ? "then gone" : "then fenced %d times".formatted(fenced)));
        } finally {
            busy.remove(name);
        }
    }

    private Struck loseReplies(Strike strike) {
        return onWire(strike, () -> {
            Duration time = Duration.ofMillis(100 + strike.salt() % 500);
            wire.loseReplies();
            Wait.during(time);
            wire.reset();
            return "for %d ms, then cut".formatted(time.toMillis());
        });
    }

    private Struck delay(Strike strike) {
        return onWire(strike, () -> {
            Duration delay = Duration.ofMillis(20 + strike.salt() % 180);
            wire.delayReplies(delay);
            Wait.during(Duration.ofSeconds(3));
            return "by %d ms for 3 s".formatted(delay.toMillis());
        });
    }

    private Struck stall(Strike strike) {
        return onWire(strike, () -> {
            Duration time = Duration.ofMillis(500 + strike.salt() % 3_500);
            wire.stall();
            Wait.during(time);
            return "for %.1f s".formatted(time.toMillis() / 1e3);
        });
    }

    private Struck reset(Strike strike) {
        return onWire(strike, () -> {
            wire.reset();
            return "all of them";
        });
    }

    private interface Disturbance {
        String run();
    }

    private Struck onWire(Strike strike, Disturbance disturbance) {
        if (!busy.add(WIRE)) {
            return skipped(strike, "the wire is being disturbed");
        }
        try {
            return done(strike, disturbance.run());
        } finally {
            wire.calm();
            busy.remove(WIRE);
        }
    }

    private Struck flushRedis(Strike strike) throws IOException {
        String size = redis.run("DBSIZE");
        redis.run("FLUSHALL");
        return done(strike, "%s keys gone".formatted(size.substring(1)));
    }

    private Struck repeatByApi(Strike strike) {
        SplittableRandom random = new SplittableRandom(strike.salt());
        long now = System.nanoTime();
        List<Intent> again = new ArrayList<>();
        for (int i = 0; i < REPEATED; i++) {
            int pair = crowd.pair(0, random.nextInt(crowd.singles(), crowd.users()));
            Intent intent = new Intent(pair, pairs.isLiked(pair));
            if (pairs.beginAgain(intent, now)) {
                again.add(intent);
            }
        }
        traffic.repeat(again);
        return done(strike, "%d likes".formatted(again.size()));
    }

    /**
     * A record may be appended again only while it is its pair's last one: so the pair is opened first, which keeps others
     * away, and what came into the log until then is looked at.
     */
    private Struck repeatInLog(Strike strike) {
        LikesLog.Tail tail = log.tail(strike.salt() % PARTITIONS);
        long now = System.nanoTime();
        Map<EngagementKey, ConsumerRecord<byte[], byte[]>> last = LikesLog.lastByKey(tail.records());
        Map<EngagementKey, Intent> opened = new HashMap<>();
        for (EngagementKey key : last.keySet()) {
            Integer post = postNumbers.get(key.post());
            int user = crowd.userOf(key.member());
            if (post != null && user >= 0) {
                int pair = crowd.pair(post, user);
                Intent intent = new Intent(pair, pairs.isLiked(pair));
                if (pairs.beginAgain(intent, now)) {
                    opened.put(key, intent);
                }
            }
        }
        int repeated = 0;
        try {
            Set<EngagementKey> newer = LikesLog.lastByKey(log.after(tail)).keySet();
            for (Map.Entry<EngagementKey, Intent> entry : opened.entrySet()) {
                ConsumerRecord<byte[], byte[]> record = last.get(entry.getKey());
                if (record != null && !newer.contains(entry.getKey())) {
                    if (!log.append(record)) {
                        pairs.doubt(entry.getValue(), System.nanoTime());
                        break;
                    }
                    repeated++;
                }
            }
        } finally {
            // Through the API once more, which ends what was opened here.
            traffic.repeat(List.copyOf(opened.values()));
        }
        return done(strike, "%d records".formatted(repeated));
    }

    private Struck poison(Strike strike) {
        int records = 1 + strike.salt() % 3;
        for (int i = 0; i < records; i++) {
            (log.poison(strike.salt() + i) ? poisoned : perhapsPoisoned).incrementAndGet();
        }
        return done(strike, "%d records".formatted(records));
    }

    private static Struck done(Strike strike, String what) {
        return new Struck(strike, true, -1, what);
    }

    private static Struck skipped(Strike strike, @Nullable String why) {
        return new Struck(strike, false, -1, "skipped: " + why);
    }
}
