package spillway.load.run;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Calls for many things with a bounded number under way, for what surrounds the run: tokens before, reading after. */
final class InParallel {

    private static final int WIDTH = 32;

    private InParallel() {}

    /**
     * Blocks until all are done and returns their results in order. When one fails, no further ones are begun.
     *
     * @param begun told how many were begun, after each
     * @throws java.util.concurrent.CompletionException when one failed
     */
    static <T, R> List<R> all(List<T> things, Function<T, Future<R>> call, IntConsumer begun) {
        Semaphore places = new Semaphore(WIDTH);
        AtomicBoolean failed = new AtomicBoolean();
        List<Future<R>> futures = new ArrayList<>(things.size());
        for (T thing : things) {
            places.acquireUninterruptibly();
            if (failed.get()) {
                break;
            }
            futures.add(call.apply(thing).onFailure(e -> failed.set(true)).onComplete(ended -> places.release()));
            begun.accept(futures.size());
        }
        return futures.stream()
                .map(future -> future.toCompletionStage().toCompletableFuture().join())
                .toList();
    }
}
