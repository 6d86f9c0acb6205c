package spillway.load.run;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls for many things with a bounded number under way, for what surrounds the run: tokens before, reading after. */
final class InParallel {

    private static final int WIDTH = 32;

    private InParallel() {}

    /**
     * Blocks until all are done and returns their results in order.
     *
     * @param done told how many are done, after each
     * @throws java.util.concurrent.CompletionException when one fails; the others still end
     */
    static <T, R> List<R> all(List<T> things, Function<T, Future<R>> call, Consumer<Integer> done) {
        Semaphore places = new Semaphore(WIDTH);
        List<Future<R>> futures = new ArrayList<>(things.size());
        for (T thing : things) {
            places.acquireUninterruptibly();
            futures.add(call.apply(thing).onComplete(ended -> places.release()));
            done.accept(futures.size());
        }
        return futures.stream()
                .map(future -> future.toCompletionStage().toCompletableFuture().join())
                .toList();
    }
}
