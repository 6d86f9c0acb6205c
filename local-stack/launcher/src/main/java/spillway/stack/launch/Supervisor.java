package spillway.stack.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.StackFailure;

/**
 * Starts the stack's processes, each as soon as those it needs are ready, and stops them the other way round.
 *
 * <p>Every component runs on a virtual thread that first waits for what it needs. Services are JVMs that spend their start on
 * the processor, so no more of them start at once than there are cores; servers mostly wait and all start together.
 *
 * <p>One that ends by itself is started again, with pauses and up to a bound (invariant I7). Starting and stopping one
 * component exclude each other, so that nothing is started any more once it was stopped.
 */
final class Supervisor {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final List<Component> components;
    private final Map<StackPort, Integer> ports;
    private final Consumer<ProgressEvent> progress;
    private final StateFile state;
    private final Restarts restarts;
    private final Semaphore cores =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final ConcurrentMap<String, ChildProcess> running = new ConcurrentHashMap<>();
    private final CountDownLatch stopRequested = new CountDownLatch(1);

    Supervisor(
            List<Component> components,
            Map<StackPort, Integer> ports,
            StateFile state,
            Restarts restarts,
            Consumer<ProgressEvent> progress) {
        this.components = components;
        this.ports = ports;
        this.state = state;
        this.restarts = restarts;
        this.progress = progress;
    }

    /** Returns when all are ready. When one fails, everything is stopped and its failure thrown. */
    void start() {
        long from = System.nanoTime();
        AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
        Map<String, CompletableFuture<Void>> ready = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Component component : components) {
                CompletableFuture<?>[] needed =
                        component.needs().stream().map(ready::get).toArray(CompletableFuture[]::new);
                ready.put(
                        component.name(),
                        CompletableFuture.allOf(needed)
                                .thenRunAsync(() -> startOne(component), threads)
                                .whenComplete((nothing, failure) -> {
                                    if (failure != null && first.compareAndSet(null, failure)) {
                                        stop(); // those still starting then fail at once, not at their limit
                                    }
                                }));
            }
            CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            Throwable failure = first.get();
            throw failure != null && failure.getCause() instanceof StackFailure known ? known : e;
        }
        progress.accept(new ProgressEvent(ProgressEvent.Kind.UP, "", millisSince(from), ""));
    }

    private void startOne(Component component) {
        boolean service = !component.needs().isEmpty();
        if (service) {
            cores.acquireUninterruptibly();
        }
        try {
            long from = System.nanoTime();
            progress.accept(ProgressEvent.of(ProgressEvent.Kind.STARTING, component.name()));
            Component.Started started = launch(component);
            ChildProcess process = started.process();
            StackPort address = component.port();
            int port = address == null ? 0 : ports.getOrDefault(address, 0);
            state.add(component.name(), process.pid(), port, restarts.of(component.name()));
            started.awaitReady().accept(START_LIMIT);
            progress.accept(new ProgressEvent(
                    ProgressEvent.Kind.READY, component.name(), millisSince(from), port == 0 ? "" : "port " + port));
            Thread.ofVirtual().start(() -> ended(component, process, process.awaitExit()));
        } finally {
            if (service) {
                cores.release();
            }
        }
    }

    private Component.Started launch(Component component) {
        synchronized (component) {
            if (isStopping()) {
                throw new StackFailure(component.name() + " not started");
            }
            Component.Started started = component.starter().start();
            running.put(component.name(), started.process());
            return started;
        }
    }

    private void ended(Component component, ChildProcess process, int code) {
        if (!isStopping() && running.remove(component.name(), process)) {
            progress.accept(
                    new ProgressEvent(ProgressEvent.Kind.ENDED, component.name(), 0, "by itself, with code " + code));
            startAgain(component);
        }
    }

    private void startAgain(Component component) {
        while (!isStopping()) {
            Optional<Duration> pause = restarts.next(component.name());
            if (pause.isEmpty()) {
                progress.accept(new ProgressEvent(
                        ProgressEvent.Kind.ENDED, component.name(), 0, "too often: it is not started again"));
                return;
            }
            if (!isStoppedWithin(pause.get()) && isStarted(component)) {
                return;
            }
        }
    }

    private boolean isStarted(Component component) {
        try {
            startOne(component);
            return true;
        } catch (StackFailure e) {
            stopOne(component);
            if (!isStopping()) {
                progress.accept(new ProgressEvent(ProgressEvent.Kind.ENDED, component.name(), 0, e.headline()));
            }
            return false;
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean isStopping() {
        return stopRequested.getCount() == 0;
    }

    /** Stops everything that runs, the gateway first and the servers last; safe to call twice and while starting. */
    synchronized void stop() {
        if (isStopping()) {
            return;
        }
        stopRequested.countDown();
        long from = System.nanoTime();
        Map<String, CompletableFuture<Void>> stopped = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Component component : components.reversed()) {
                CompletableFuture<?>[] dependents = components.stream()
                        .filter(other -> other.needs().contains(component.name()))
                        .map(other -> stopped.get(other.name()))
                        .toArray(CompletableFuture[]::new);
                stopped.put(
                        component.name(),
                        CompletableFuture.allOf(dependents).thenRunAsync(() -> stopOne(component), threads));
            }
            List<CompletableFuture<Void>> all = new ArrayList<>(stopped.values());
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        state.delete();
        progress.accept(new ProgressEvent(ProgressEvent.Kind.DOWN, "", millisSince(from), ""));
    }

    private void stopOne(Component component) {
        synchronized (component) {
            ChildProcess process = running.remove(component.name());
            if (process != null) {
                long from = System.nanoTime();
                process.close();
                progress.accept(new ProgressEvent(ProgressEvent.Kind.STOPPED, component.name(), millisSince(from), ""));
            }
        }
    }

    private static long millisSince(long from) {
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }
}
