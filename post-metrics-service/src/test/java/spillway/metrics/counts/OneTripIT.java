package spillway.metrics.counts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.platform.counters.RedisLink;
import spillway.platform.id.PostId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** What a read of a hundred posts asks of Redis, as Redis itself counts it. */
@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneTripIT {

    private final FakeContent content = new FakeContent();
    private final TestService service;

    OneTripIT(Servers servers) {
        this.service = TestService.start(servers, content);
    }

    @AfterAll
    void stop() {
        service.close();
        content.close();
    }

    @Test
    void aHundredPosts_areReadInAFewReadsOfTheSocket() {
        List<PostId> posts =
                LongStream.rangeClosed(1, 100).mapToObj(PostId::new).toList();
        Metrics metrics = service.bean(Metrics.class);
        metrics.now(posts);

        long hmgets = calls("hmget");
        long gets = calls("get");
        long pfcounts = calls("pfcount");
        long reads = stat("total_reads_processed:(\\d+)");
        metrics.now(posts);

        // 8 buckets x 8 partitions x 3 families, and one base key per post.
        assertThat(calls("hmget") - hmgets).isEqualTo(8 * 8 * 3 + 100);
        // The watermarks of all of them, before and after, and with each read the generation in use.
        assertThat(calls("get") - gets).isBetween(8 * 8 * 3 * 2L, 8 * 8 * 3 * 3L + 4);
        assertThat(calls("pfcount") - pfcounts).isEqualTo(100);
        assertThat(stat("total_reads_processed:(\\d+)") - reads).isLessThan(40);
    }

    @Test
    void withoutTheLog_itsLikesAreNotFetched() {
        List<PostId> posts =
                LongStream.rangeClosed(201, 300).mapToObj(PostId::new).toList();
        Metrics metrics = service.bean(Metrics.class);
        choose("direct");
        metrics.now(posts);

        long hmgets = calls("hmget");
        metrics.now(posts);
        choose("batched");

        assertThat(calls("hmget") - hmgets).isEqualTo(8 * 8 * 2 + 100);
    }

    private void choose(String path) {
        service.send("PUT", TestService.token(1, "admin"), "/admin/like-path", "{\"path\":\"" + path + "\"}");
    }

    private long calls(String command) {
        return stat("cmdstat_" + command + ":calls=(\\d+)");
    }

    private long stat(String pattern) {
        String info = service.bean(RedisLink.class)
                .async()
                .info("all")
                .toCompletableFuture()
                .join();
        Matcher found = Pattern.compile(pattern).matcher(info);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
