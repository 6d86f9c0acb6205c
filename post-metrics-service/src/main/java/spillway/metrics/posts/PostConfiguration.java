package spillway.metrics.posts;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;
import org.springframework.web.client.RestClient;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;
import spillway.platform.instance.AwayRules;
import spillway.platform.instance.Instances;
import spillway.platform.instance.RetryBudget;

/** Wires what is known of posts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostRules.class)
class PostConfiguration {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** As the gateway has it by default. */
    private static final AwayRules AWAY = new AwayRules(3, Duration.ofMillis(500));

    /** Of the questions; nobody needs more, since an instance is away after three. */
    private static final double RETRIES = 0.1;

    private static final int RESERVE = 10;

    @Bean
    KnownPosts knownPosts(
            PostRules rules,
            @Value("${spillway.content.base-url:http://127.0.0.1:8081}") List<URI> contentService,
            RedisLink redis,
            CounterLayout layout) {
        // Virtual threads: a request that waits costs next to nothing, and none outlives its timeout.
        ExecutorService contentThreads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("content-", 0).factory());
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(rules.timeout())
                .executor(contentThreads)
                .build());
        requests.setReadTimeout(rules.timeout());
        RestClient http = RestClient.builder().requestFactory(requests).build();
        return new KnownPosts(
                rules,
                new PostMarks(redis, layout.prefix()),
                new ContentService(
                        http,
                        new Instances(contentService, AWAY, System::nanoTime, ThreadLocalRandom::current),
                        new RetryBudget(RETRIES, RESERVE, RESERVE),
                        rules.timeout(),
                        rules.asked(),
                        rules.waiting()),
                contentThreads);
    }

    @Bean
    PostEvents postEvents(KnownPosts posts) {
        return new PostEvents(posts);
    }

    /** While Redis is away the events wait: none is ever skipped. */
    @Bean
    CommonErrorHandler tryForEver() {
        return new DefaultErrorHandler(new FixedBackOff(BETWEEN_TRIES.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
    }
}
