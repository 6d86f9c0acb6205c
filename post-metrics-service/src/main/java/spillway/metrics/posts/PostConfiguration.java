package spillway.metrics.posts;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** Wires what is known of posts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostRules.class)
class PostConfiguration {

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    @Bean
    KnownPosts knownPosts(
            PostRules rules,
            @Value("${spillway.content.base-url:http://127.0.0.1:8081}") String contentService,
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
        RestClient http = RestClient.builder()
                .baseUrl(contentService)
                .requestFactory(requests)
                .build();
        return new KnownPosts(
                rules,
                new PostMarks(redis, layout.prefix()),
                new ContentService(http, rules.timeout(), rules.asked(), rules.waiting()),
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
