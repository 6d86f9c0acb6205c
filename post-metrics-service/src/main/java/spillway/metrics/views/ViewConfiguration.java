package spillway.metrics.views;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import spillway.metrics.hotkeys.SlidingTop;
import spillway.metrics.posts.KnownPosts;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.events.Topics;
import spillway.platform.problem.PathBodyLimit;

/** Wires views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ViewRules.class, HotKeyRules.class})
class ViewConfiguration {

    /** Room for {@value BulkViews#MOST} views with the longest ids. */
    private static final DataSize BULK = DataSize.ofMegabytes(1);

    /** So many posts are told apart for each that is watched: what keeps the errors of their weights small. */
    private static final int PLACES_PER_POST = 8;

    @Bean
    Views views(ViewRules rules) {
        return new Views(rules.posts(), rules.viewers());
    }

    @Bean
    RedisViewStore viewStore(CounterLayout layout, RedisLink redis, HotKeyRules rules) {
        return new RedisViewStore(new ViewKeys(layout.prefix()), redis, rules.lookEvery());
    }

    @Bean
    KnownSplits knownSplits() {
        return new KnownSplits();
    }

    @Bean
    ViewWriter viewWriter(Views views, ViewStore store, KnownSplits splits) {
        return new ViewWriter(
                views, store, splits, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    @Bean
    ViewReader viewReader(ViewStore store, KnownSplits splits) {
        return new ViewReader(store, splits);
    }

    @Bean
    SlidingTop heaviestPosts(HotKeyRules rules) {
        return new SlidingTop(PLACES_PER_POST * rules.posts(), rules.window(), System::nanoTime);
    }

    @Bean
    ViewFlush viewFlush(Views views, ViewWriter writer, SlidingTop heaviestPosts, ViewRules rules) {
        return new ViewFlush(views, writer, heaviestPosts, rules.flushEvery());
    }

    @Bean
    ViewCounts viewCounts(Views views, ViewReader reader) {
        return new ViewCounts(views, reader);
    }

    @Bean
    HotKeys hotKeys(
            HotKeyRules rules,
            SlidingTop heaviestPosts,
            KnownSplits splits,
            ViewReader reader,
            ViewWriter writer,
            ViewStore store,
            MeterRegistry meters) {
        SplitSteps steps = new SplitSteps(store, splits, Clock.systemUTC());
        HotKeys keys = new HotKeys(rules, heaviestPosts, splits, reader, writer, store, steps, System::nanoTime);
        FunctionCounter.builder("spillway.views.splits", keys, HotKeys::splitsMade)
                .description("Posts that this instance split")
                .register(meters);
        FunctionCounter.builder("spillway.views.merges", keys, HotKeys::mergesMade)
                .description("Posts that this instance merged again")
                .register(meters);
        FunctionCounter.builder("spillway.views.fenced", writer, ViewWriter::fenced)
                .description("Writes that a sealed sub-key refused and the base key took")
                .register(meters);
        Gauge.builder("spillway.views.split.posts", keys, HotKeys::split)
                .description("Posts known to be split")
                .register(meters);
        Gauge.builder("spillway.views.hottest.writes", keys, HotKeys::hottest)
                .description("Writes per second to the hottest post, by all instances that watch it")
                .register(meters);
        return keys;
    }

    @Bean
    HotKeyWatch hotKeyWatch(HotKeys keys, HotKeyRules rules) {
        return new HotKeyWatch(keys, rules.lookEvery());
    }

    @Bean
    ViewLog viewLog(ObjectProvider<Producer<byte[], byte[]>> viewProducer, Topics topics) {
        return new ViewLog(SingletonSupplier.of(viewProducer::getObject), topics, Clock.systemUTC());
    }

    @Bean
    Turnstile turnstile(Views views, ViewLog viewLog) {
        return new Turnstile(views, viewLog);
    }

    @Bean
    BulkViews bulkViews(KnownPosts posts, Turnstile turnstile) {
        return new BulkViews(posts, turnstile);
    }

    @Bean
    PathBodyLimit bulkViewsBodyLimit() {
        return new PathBodyLimit("/v1/views", BULK);
    }

    @Lazy
    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> viewProducer(ProducerFactory<byte[], byte[]> producers) {
        return producers.copyWithConfigurationOverride(ViewLog.NEVER_IN_THE_WAY).createProducer();
    }
}
