package spillway.content.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spillway.platform.id.Slot;

/**
 * The way to the shards: work on a slot runs in one transaction on the slot's owner, chosen before the transaction begins and
 * checked within it (the fence). A shard that does not own the slot does nothing, says who does as far as it knows, and the
 * work begins again there: an instance whose map is out of date costs time, never a write in the wrong place.
 *
 * <p>A failure before the commit is sent had no effect and is {@link ShardUnavailable} when the database could not serve; a
 * failure of the commit itself is {@link OutcomeUnknown}. Nobody waits past the deadline of the running request. Thread-safe.
 */
public final class Shards {

    private final List<Integer> all;
    private final Transactions transactions;
    private final Fence fence;
    private final MirrorLog mirror;
    private final OwnerSearch search;
    private final ExecutorService scatter;
    private final Duration deadline;

    Shards(
            List<Integer> all,
            Transactions transactions,
            Fence fence,
            MirrorLog mirror,
            OwnerSearch search,
            ExecutorService scatter,
            Duration deadline) {
        this.all = List.copyOf(all);
        this.transactions = transactions;
        this.fence = fence;
        this.mirror = mirror;
        this.search = search;
        this.scatter = scatter;
        this.deadline = deadline;
    }

    public <T> T write(Slot slot, Supplier<T> work) {
        return onOwner(
                slot,
                (shard, epoch) -> writeFenced(shard, List.of(slot), strangers -> {
                    if (!strangers.isEmpty()) {
                        throw strangers.get(slot);
                    }
                    return work.get();
                }));
    }

    /**
     * Work on several slots of a shard, which may not own all of them any more.
     *
     * @param work is told of slots that the shard does not own; it leaves them alone, and has their callers come again by
     *     way of {@link #onOwner}
     */
    public <T> T writeFenced(int shard, List<Slot> slots, Function<Map<Slot, SlotMoved>, T> work) {
        SlotSet all = SlotSet.of(slots);
        return write(shard, () -> {
            Map<Slot, Standing> standing = fence.enter(all);
            Map<Slot, SlotMoved> strangers = strangers(shard, all, standing);
            SlotSet mirrored = SlotSet.of(standing.entrySet().stream()
                    .filter(slot -> slot.getValue().state() == SlotState.MIRRORING)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet()));
            return mirrored.isEmpty() ? work.apply(strangers) : mirror.noting(mirrored, () -> work.apply(strangers));
        });
    }

    private static Map<Slot, SlotMoved> strangers(int shard, SlotSet slots, Map<Slot, Standing> standing) {
        Map<Slot, SlotMoved> strangers = new HashMap<>();
        slots.stream().forEach(slot -> {
            Standing known = standing.get(slot);
            if (known == null || !known.state().isOwned()) {
                strangers.put(slot, new SlotMoved(slot, shard, known));
            }
        });
        return strangers;
    }

    /** For work that belongs to a shard and not to a slot of it. */
    public <T> T write(int shard, Supplier<T> work) {
        return transactions.write(shard, work);
    }

    public <T> T read(Slot slot, Supplier<T> work) {
        return onOwner(
                slot,
                (shard, epoch) -> transactions.read(shard, () -> {
                    T found = work.get();
                    // Looked at afterwards: who is the owner still had the last word when the work looked. Not who has
                    // become it
                    // meanwhile: the work may have seen a replica.
                    Standing standing = fence.look(slot).get(slot);
                    if (standing == null || !standing.state().isOwned() || standing.epoch() > epoch) {
                        throw new SlotMoved(slot, shard, standing);
                    }
                    return found;
                }));
    }

    /**
     * Asks the slot's owner, and whoever is said to be the owner instead, until one is.
     *
     * @param ask gets a shard's number, and throws {@link SlotMoved} when that was not the owner
     * @throws ShardUnavailable when no owner is found in time
     */
    public <T> T onOwner(Slot slot, IntFunction<T> ask) {
        return onOwner(slot, (shard, epoch) -> ask.apply(shard));
    }

    private <T> T onOwner(Slot slot, Ask<T> ask) {
        OwnerSearch.Attempts attempts = search.begin(slot);
        while (true) {
            Routes.Route route = search.routes().of(slot);
            try {
                return ask.at(route.shard(), route.epoch());
            } catch (SlotMoved moved) {
                transactions.untilDeadline(() -> {
                    attempts.learn(
                            moved,
                            route,
                            (owner, epoch) -> write(owner, () -> {
                                fence.takeOver(slot, epoch);
                                return owner;
                            }));
                    return slot;
                });
            }
        }
    }

    @FunctionalInterface
    private interface Ask<T> {
        /** @param epoch since which the shard is believed to be the owner */
        T at(int shard, long epoch);
    }

    /**
     * Asks every shard that has slots, side by side, and waits no longer than the deadline for the slowest.
     *
     * <p>Each part says which slots it speaks for. When a change of owner falls between two answers a slot may be in
     * neither: then all are asked again. It may be in both: then it is there twice.
     *
     * @param work one statement by JDBC: it runs without a transaction around it, which would cost each shard a round trip
     *     and a persistence context
     */
    public <T> Gathered<T> readAll(Supplier<Part<T>> work) {
        return transactions.untilDeadline(() -> readParts(work));
    }

    private <T> Gathered<T> readParts(Supplier<Part<T>> work) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            Gathered<Part<T>> gathered = gather(work, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            SlotSet unheard = unheard(gathered);
            if (unheard.isEmpty() || System.nanoTime() >= end || !search.pause()) {
                return new Gathered<>(
                        gathered.answers().stream().map(Part::answer).toList(), missing(gathered, unheard));
            }
            search.refresh();
        }
    }

    /** Slots nobody spoke for, and whose shard is not one that did not answer. */
    private SlotSet unheard(Gathered<? extends Part<?>> gathered) {
        SlotSet unheard = SlotSet.ALL;
        for (Part<?> part : gathered.answers()) {
            unheard = unheard.without(part.owned());
        }
        for (int shard : gathered.missing()) {
            unheard = unheard.isEmpty() ? unheard : unheard.without(slotsOf(shard));
        }
        return unheard;
    }

    private List<Integer> missing(Gathered<?> gathered, SlotSet unheard) {
        return Stream.concat(gathered.missing().stream(), unheard.stream().map(search.routes()::shardOf))
                .distinct()
                .sorted()
                .toList();
    }

    private <T> Gathered<T> gather(Supplier<T> work, Duration atMost) {
        List<Integer> numbers = numbers();
        List<Callable<T>> tasks = new ArrayList<>();
        for (int shard : numbers) {
            tasks.add(() -> ask(shard, work));
        }
        List<T> answers = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        List<Future<T>> futures = invokeAll(tasks, atMost);
        for (int i = 0; i < futures.size(); i++) {
            try {
                answers.add(futures.get(i).get());
            } catch (CancellationException late) {
                missing.add(numbers.get(i));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ShardUnavailable)) {
                    throw new IllegalStateException("shard " + numbers.get(i) + " failed", e.getCause());
                }
                missing.add(numbers.get(i));
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        return new Gathered<>(answers, missing);
    }

    /** Numbers of all shards there are, with slots or without. */
    public List<Integer> all() {
        return all;
    }

    /** Numbers of the shards that the map uses. */
    public List<Integer> numbers() {
        return search.routes().numbers();
    }

    /** The slots of a shard that the map uses, as far as this instance knows. */
    public SlotSet slotsOf(int shard) {
        return search.routes().slotsOf(shard);
    }

    /** Number of the shard that the running transaction is on. */
    public int current() {
        return CurrentShard.required();
    }

    /** The number of the slot's shard, as far as this instance knows. */
    public int shardOf(Slot slot) {
        return search.routes().shardOf(slot);
    }

    private static <T> T ask(int shard, Supplier<T> work) {
        try {
            return CurrentShard.call(shard, work);
        } catch (RuntimeException e) {
            throw Transactions.translated(shard, e);
        }
    }

    private <T> List<Future<T>> invokeAll(List<Callable<T>> tasks, Duration atMost) {
        try {
            return scatter.invokeAll(tasks, atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while the shards were asked");
    }
}
