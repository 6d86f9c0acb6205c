package spillway.batcher.audit;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import spillway.batcher.audit.Findings.Difference;
import spillway.batcher.audit.Findings.Place;
import spillway.batcher.log.Assigned;
import spillway.batcher.redis.GenerationKeys;
import spillway.platform.counters.CounterFamily;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.counters.Script;

/**
 * Passes over the counts of this process's partitions, a small page at a time. Owned by one thread.
 *
 * <p>A pass has three parts. Pages of each bucket's counts find counts that are wrong, also those whose set is gone. Pages of
 * the keyspace find sets without a count, which no count leads to; they cost a look at every key of this Redis, a page at a
 * time too. Last, what was known to be wrong is looked at again.
 *
 * <p>Scans only name the posts. Each is then compared with its set in one script, so in one moment: flushes in between are no
 * drift. A page that was read while another generation came into use is not believed.
 */
final class Audit {

    private static final Script COMPARE = Script.resource(Audit.class, "audit.lua");
    private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

    private final CounterLayout layout;
    private final RedisLink redis;
    private final GenerationKeys keys;
    private final Assigned assigned;
    private final Findings findings;
    private final int page;

    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private ScanCursor counts = ScanCursor.INITIAL;
    private @Nullable ScanCursor keyspace;
    private int generation = -1;

    /**
     * @param layout that of generation 0
     * @param page posts that are asked for at once; Redis may name some more
     */
    Audit(CounterLayout layout, RedisLink redis, GenerationKeys keys, Assigned assigned, Findings findings, int page) {
        this.layout = layout;
        this.redis = redis;
        this.keys = keys;
        this.assigned = assigned;
        this.findings = findings;
        this.page = page;
    }

    private record Bucket(CounterFamily family, int partition, int bucket) {}

    /**
     * What a turn did.
     *
     * @param posts that were compared
     * @param last whether that was the end of a pass
     */
    record Turn(int posts, boolean last) {}

    /** Looks at the next page. */
    Turn next() {
        int inUse = join(keys.read()).inUse();
        if (inUse != generation) {
            findings.forget();
            begin(inUse);
        }
        CounterLayout present = layout.generation(inUse);
        Bucket bucket = buckets.peek();
        if (bucket != null) {
            return new Turn(countsOf(bucket, present), false);
        }
        if (keyspace != null) {
            return new Turn(sets(keyspace, present), false);
        }
        for (Place place : findings.places()) {
            var unused = compare(
                    new Bucket(place.family(), place.partition(), CounterLayout.bucket(place.post())),
                    Set.of(Long.toString(place.post())),
                    present);
        }
        begin(inUse);
        return new Turn(0, true);
    }

    private void begin(int inUse) {
        generation = inUse;
        buckets.clear();
        counts = ScanCursor.INITIAL;
        keyspace = ScanCursor.INITIAL;
        for (CounterFamily family : CounterFamily.values()) {
            for (int partition : assigned.partitions(family)) {
                for (int bucket = 0; bucket < CounterLayout.BUCKETS; bucket++) {
                    buckets.add(new Bucket(family, partition, bucket));
                }
            }
        }
        Matcher policy = POLICY.matcher(join(redis.async().info("memory")));
        if (policy.find()) {
            findings.evictionPolicy(policy.group(1));
        }
    }

    private int countsOf(Bucket bucket, CounterLayout present) {
        MapScanCursor<byte[], byte[]> found = join(redis.async()
                .hscan(
                        present.counts(bucket.family(), bucket.partition(), bucket.bucket()),
                        counts,
                        ScanArgs.Builder.limit(page)));
        Set<String> posts = found.getMap().keySet().stream().map(Audit::text).collect(Collectors.toSet());
        int compared = compare(bucket, posts, present);
        counts = found;
        if (found.isFinished()) {
            buckets.remove();
            counts = ScanCursor.INITIAL;
        }
        return compared;
    }

    private int sets(ScanCursor from, CounterLayout present) {
        String families =
                Arrays.stream(CounterFamily.values()).map(CounterFamily::id).collect(Collectors.joining("|"));
        Pattern set = Pattern.compile(
                Pattern.quote(present.prefix()) + "(" + families + "):m:\\{(\\d{1,9})\\.(\\d{1,9})}:(\\d{1,19})");
        KeyScanCursor<byte[]> found = join(redis.async().scan(from, ScanArgs.Builder.limit(page)));
        Map<Bucket, Set<String>> posts = new HashMap<>();
        for (byte[] key : found.getKeys()) {
            Matcher name = set.matcher(text(key));
            if (name.matches()) {
                Bucket bucket = new Bucket(
                        family(name.group(1)), Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3)));
                if (assigned.has(bucket.family(), bucket.partition())) {
                    posts.computeIfAbsent(bucket, absent -> new HashSet<>()).add(name.group(4));
                }
            }
        }
        int compared = 0;
        for (Map.Entry<Bucket, Set<String>> entry : posts.entrySet()) {
            compared += compare(entry.getKey(), entry.getValue(), present);
        }
        keyspace = found.isFinished() ? null : found;
        return compared;
    }

    private int compare(Bucket bucket, Collection<String> posts, CounterLayout present) {
        if (posts.isEmpty()) {
            return 0;
        }
        List<byte[]> names = new ArrayList<>();
        names.add(present.counts(bucket.family(), bucket.partition(), bucket.bucket()));
        for (String post : posts) {
            names.add(present.members(bucket.family(), bucket.partition(), Long.parseLong(post)));
        }
        List<byte[]> differences = join(COMPARE.<List<byte[]>>call(
                redis.async(),
                ScriptOutputType.MULTI,
                names.toArray(byte[][]::new),
                posts.stream().map(Audit::bytes).toArray(byte[][]::new)));
        if (join(keys.read()).inUse() != generation) {
            return 0;
        }
        Set<String> wrong = new HashSet<>();
        for (int i = 0; i < differences.size(); i += 3) {
            String post = text(differences.get(i));
            wrong.add(post);
            var unused = findings.differs(
                    place(bucket, post), new Difference(text(differences.get(i + 1)), text(differences.get(i + 2))));
        }
        posts.stream().filter(post -> !wrong.contains(post)).forEach(post -> findings.agrees(place(bucket, post)));
        return posts.size();
    }

    private static Place place(Bucket bucket, String post) {
        return new Place(bucket.family(), bucket.partition(), Long.parseLong(post));
    }

    private static CounterFamily family(String id) {
        return Arrays.stream(CounterFamily.values())
                .filter(family -> family.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
