package spillway.platform.instance;

import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The instances of a service. Thread-safe.
 *
 * <p>A request goes to a ready one before one that is not, and among equals to the one with the fewest requests under way:
 * an instance that is slow, or has just started, gets as much as it finishes. Where that is equal too, they take turns.
 */
public final class Instances {

    private static final Comparator<Instance> READY_FIRST =
            Comparator.comparing((Instance instance) -> !instance.isReady()).thenComparingInt(Instance::underWay);

    private final List<Instance> instances;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param urls of one or more instances, without path
     * @param nanos as {@link System#nanoTime}
     * @param random of the calling thread
     */
    public Instances(List<URI> urls, AwayRules away, LongSupplier nanos, Supplier<? extends RandomGenerator> random) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("A service has at least one instance");
        }
        this.nanos = nanos;
        long pause = away.pause().toNanos();
        Instance.Pauses pauses = () ->
                nanos.getAsLong() + pause + (long) (pause / 2.0 * random.get().nextDouble());
        this.instances =
                urls.stream().map(url -> new Instance(url, away, pauses)).toList();
    }

    public List<Instance> all() {
        return instances;
    }

    /**
     * Where a request goes; nowhere when all others are away.
     *
     * @param tried not again
     */
    public Optional<Instance> choose(Collection<Instance> tried) {
        int first = Math.floorMod(turn.getAndIncrement(), instances.size());
        long now = nanos.getAsLong();
        return IntStream.range(0, instances.size())
                .mapToObj(i -> instances.get((first + i) % instances.size()))
                .filter(instance -> !tried.contains(instance))
                .sorted(READY_FIRST)
                .filter(instance -> instance.admits(now))
                .findFirst();
    }
}
