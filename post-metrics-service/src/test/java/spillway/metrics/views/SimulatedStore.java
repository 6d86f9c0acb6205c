package spillway.metrics.views;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import spillway.metrics.views.Views.Gathered;

/**
 * Views in memory, each step done when {@link #run} says so and answered some time after it: in any order, or never when
 * the one who asked is dead by then. Not thread-safe.
 */
final class SimulatedStore {

    private final Map<Long, BaseKey> bases = new HashMap<>();
    private final Map<String, Sub> subs = new HashMap<>();
    private final List<Step> waiting = new ArrayList<>();
    private Tally accepted = Tally.NONE;
    private int trips;
    private final Set<Long> acceptedViewers = new HashSet<>();

    private static final class BaseKey {
        private Split split = Split.NEVER;
        private Tally tally = Tally.NONE;
        private long writes;
        private long gathered;
        private final Set<Long> viewers = new HashSet<>();
    }

    private static final class Sub {
        private long epoch;
        private boolean sealed;
        private Tally tally = Tally.NONE;
        private long writes;
        private final Set<Long> viewers = new HashSet<>();

        private void open(long next) {
            epoch = next;
            sealed = false;
            tally = Tally.NONE;
            writes = 0;
        }
    }

    private record Step(Object asker, Runnable run) {
        private static final Object NOW = "now";
    }

    /** Views that some key took. */
    Tally accepted() {
        return accepted;
    }

    /** Reads that were sent. */
    int trips() {
        return trips;
    }

    Set<Long> acceptedViewers() {
        return acceptedViewers;
    }

    Tally tallyOfBase(long post) {
        return base(post).tally;
    }

    Set<Long> viewersOfBase(long post) {
        return base(post).viewers;
    }

    Split split(long post) {
        return base(post).split;
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Does one of the steps that wait: as a rule one of the newest, so that older ones are overtaken by much. */
    void run(RandomGenerator chance) {
        int among = chance.nextInt(4) == 0 ? waiting.size() : Math.min(waiting.size(), 3);
        Step step = waiting.remove(waiting.size() - 1 - chance.nextInt(among));
        step.run.run();
    }

    /** What waits for this asker, steps and answers, is dropped; each step with a chance of being done all the same. */
    void crash(Object asker, RandomGenerator chance) {
        waiting.removeIf(step -> step.asker.equals(asker) && chance.nextBoolean());
        waiting.replaceAll(step -> step.asker.equals(asker) ? new Step("nobody", step.run) : step);
    }

    private BaseKey base(long post) {
        return bases.computeIfAbsent(post, key -> new BaseKey());
    }

    private Sub sub(long post, int subKey) {
        return subs.computeIfAbsent(post + "." + subKey, key -> new Sub());
    }

    /** The store for those who do not want to wait. */
    ViewStore atOnce() {
        return new Asked(Step.NOW);
    }

    /** The store as one asker sees it. */
    final class Asked implements ViewStore {

        private final Object asker;
        private boolean seals = true;
        private boolean compares = true;
        private boolean keepsSeals = true;
        private boolean showsSubKeys = true;
        private boolean showsLaterEpochs = true;

        Asked(Object asker) {
            this.asker = asker;
        }

        /** Takes guards away from this asker. */
        void mutate(
                boolean seals, boolean compares, boolean keepsSeals, boolean showsSubKeys, boolean showsLaterEpochs) {
            this.showsLaterEpochs = showsLaterEpochs;
            this.seals = seals;
            this.compares = compares;
            this.keepsSeals = keepsSeals;
            this.showsSubKeys = showsSubKeys;
        }

        private <T> CompletionStage<T> later(Supplier<T> step) {
            if (asker.equals(Step.NOW)) {
                return CompletableFuture.completedStage(step.get());
            }
            CompletableFuture<T> answer = new CompletableFuture<>();
            waiting.add(new Step(asker, () -> {
                T result = step.get();
                waiting.add(new Step(asker, () -> answer.complete(result)));
            }));
            return answer;
        }

        private CompletionStage<?> doLater(Runnable step) {
            return later(() -> {
                step.run();
                return true;
            });
        }

        @Override
        public Reads reads() {
            return new Reads() {

                private long baseEpoch = Long.MAX_VALUE;

                @Override
                public CompletionStage<Base> base(long post) {
                    return later(() -> {
                        BaseKey base = SimulatedStore.this.base(post);
                        baseEpoch = base.split.epoch();
                        return new Base(base.split, base.tally, base.writes, base.viewers.size(), base.gathered);
                    });
                }

                @Override
                public CompletionStage<SubKey> subKey(long post, int subKey) {
                    return later(() -> {
                        Sub sub = sub(post, subKey);
                        boolean hidden = !showsSubKeys || (!showsLaterEpochs && sub.epoch > baseEpoch);
                        return hidden ? new SubKey(0, Tally.NONE, 0) : new SubKey(sub.epoch, sub.tally, sub.writes);
                    });
                }

                @Override
                public void send() {
                    trips++;
                }
            };
        }

        @Override
        public CompletionStage<?> addViews(long post, Tally views) {
            return doLater(() -> {
                base(post).tally = base(post).tally.plus(views);
                accepted = accepted.plus(views);
            });
        }

        @Override
        public CompletionStage<?> addViewers(long post, Collection<Long> viewers) {
            return doLater(() -> {
                base(post).viewers.addAll(viewers);
                acceptedViewers.addAll(viewers);
            });
        }

        @Override
        public CompletionStage<?> addWrites(long post, long writes) {
            return doLater(() -> base(post).writes += writes);
        }

        @Override
        public CompletionStage<Boolean> addToSubKey(long epoch, int subKey, Gathered gathered) {
            return later(() -> {
                Sub sub = sub(gathered.post(), subKey);
                if (sub.epoch > epoch || (sub.epoch == epoch && sub.sealed)) {
                    return false;
                }
                if (sub.epoch < epoch) {
                    sub.open(epoch);
                }
                sub.tally = sub.tally.plus(gathered.tally());
                sub.writes += ViewWriter.writes(gathered);
                sub.viewers.addAll(gathered.viewers());
                accepted = accepted.plus(gathered.tally());
                acceptedViewers.addAll(gathered.viewers());
                return true;
            });
        }

        @Override
        public CompletionStage<SubKey> seal(long post, long epoch, int subKey) {
            return later(() -> {
                Sub sub = sub(post, subKey);
                if (sub.epoch > epoch) {
                    return new SubKey(sub.epoch, Tally.NONE, 0);
                }
                if (sub.epoch < epoch) {
                    sub.open(epoch);
                }
                sub.sealed = seals;
                return new SubKey(sub.epoch, sub.tally, sub.writes);
            });
        }

        @Override
        public CompletionStage<Boolean> move(long post, Split expected, Split next, Tally views, long writes) {
            return later(() -> {
                BaseKey base = base(post);
                if (compares && !base.split.equals(expected)) {
                    return false;
                }
                base.split = next;
                base.tally = base.tally.plus(views);
                base.writes += writes;
                return true;
            });
        }

        @Override
        public CompletionStage<?> gatherViewers(long post, int subKey) {
            // Two steps, as there are two slots: read here, add there.
            return later(() -> Set.copyOf(sub(post, subKey).viewers))
                    .thenCompose(read -> doLater(() -> base(post).viewers.addAll(read)));
        }

        @Override
        public CompletionStage<?> gathered(long post, long millis) {
            return doLater(() -> base(post).gathered = millis);
        }

        @Override
        public CompletionStage<?> retire(long post, long epoch, int subKey) {
            return doLater(() -> {
                Sub sub = sub(post, subKey);
                if (sub.epoch == epoch) {
                    sub.viewers.clear();
                    if (!keepsSeals) {
                        subs.remove(post + "." + subKey);
                    }
                }
            });
        }

        @Override
        public CompletionStage<Boolean> claim(long post) {
            return later(() -> true);
        }
    }
}
