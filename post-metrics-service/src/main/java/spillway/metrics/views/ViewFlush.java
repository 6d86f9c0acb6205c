package spillway.metrics.views;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import spillway.metrics.hotkeys.SlidingTop;
import spillway.metrics.views.Views.Gathered;
import spillway.platform.schedule.Ticker;

/**
 * Carries gathered views to Redis, in one pipeline per flush. What fails is kept for the next flush; a flush whose answer
 * was lost is then counted twice, which a view may be and a like may not.
 */
final class ViewFlush implements SmartLifecycle {

    private final Views views;
    private final ViewWriter writer;
    private final SlidingTop top;
    private final Ticker ticker;

    /** @param top is told what Redis has to write per post */
    ViewFlush(Views views, ViewWriter writer, SlidingTop top, Duration every) {
        this.views = views;
        this.writer = writer;
        this.top = top;
        this.ticker = new Ticker("view-flush", every, this::flush);
    }

    /** Returns when Redis has answered, or failed to, for everything that was gathered. */
    void flush() {
        views.drain().stream().map(this::send).toList().forEach(CompletableFuture::join);
    }

    private CompletableFuture<?> send(Gathered gathered) {
        top.offer(gathered.post(), ViewWriter.writes(gathered));
        return writer.write(gathered);
    }

    @Override
    public void start() {
        ticker.start();
    }

    @Override
    public void stop() {
        ticker.stop();
        flush();
    }

    @Override
    public boolean isRunning() {
        return ticker.isRunning();
    }

    /** Stopped after the web server, which brings views, and before the connection to Redis. */
    @Override
    public int getPhase() {
        return 1;
    }
}
