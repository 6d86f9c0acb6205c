package spillway.batcher.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import spillway.platform.schedule.Ticker;

/** Audits at the pace that was asked for. */
final class AuditThread implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditThread.class);

    private static final int TURNS_PER_SECOND = 5;

    /** Of empty buckets there are many, and they cost a round trip each: so many in a turn, or one in ten posts. */
    private static final int EMPTY_PAGES = 20;

    private final Audit audit;
    private final AuditRules rules;
    private final Counter posts;
    private final AtomicLong lastPass = new AtomicLong(System.nanoTime());
    private long notBefore;
    private final Ticker ticker = new Ticker("audit", Duration.ofSeconds(1).dividedBy(TURNS_PER_SECOND), this::turn);
    private volatile boolean running;

    AuditThread(Audit audit, AuditRules rules, Findings findings, MeterRegistry meters) {
        this.audit = audit;
        this.rules = rules;
        this.notBefore = System.nanoTime();
        this.posts = meters.counter("spillway.batcher.audit.posts");
        meters.gauge("spillway.batcher.audit.drift", findings, Findings::size);
        meters.gauge("spillway.batcher.audit.evicting", findings, found -> found.evicting() ? 1 : 0);
        TimeGauge.builder(
                        "spillway.batcher.audit.pass.age",
                        lastPass,
                        TimeUnit.NANOSECONDS,
                        last -> System.nanoTime() - last.get())
                .description("Since the last complete pass ended, or since the start")
                .register(meters);
    }

    @Override
    public void start() {
        running = true;
        if (rules.postsPerSecond() > 0) {
            ticker.start();
        }
    }

    private void turn() {
        try {
            int allowed = Math.max(1, rules.postsPerSecond() / TURNS_PER_SECOND);
            int mostPages = Math.max(EMPTY_PAGES, allowed / 10);
            int pages = 0;
            while (allowed > 0 && pages++ < mostPages && System.nanoTime() - notBefore >= 0) {
                Audit.Turn done = audit.next();
                posts.increment(done.posts());
                allowed -= done.posts();
                if (done.last()) {
                    lastPass.set(System.nanoTime());
                    notBefore = System.nanoTime() + rules.pause().toNanos();
                }
            }
        } catch (DataAccessException | CompletionException away) {
            LOG.debug("Cannot audit: {}", away.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        ticker.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
