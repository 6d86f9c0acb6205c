package spillway.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers(Server.REDIS)
class SharedBucketsIT {

    private static final Map<Group, Rate> FIVE_LIKES = Map.of(Group.LIKES, new Rate(1, 5));
    private static final Verdict OWN = new Verdict(true, 1_000, 0, 0);

    private final Servers.Redis redis;

    SharedBucketsIT(Servers servers) {
        redis = servers.redis();
    }

    @Test
    void whatTwoGatewaysAdmit_isCountedTogether() {
        SharedRules rules = rules(redis.host() + ":" + redis.port(), Duration.ofSeconds(5));
        try (SharedBuckets one = new SharedBuckets(rules, FIVE_LIKES, System::nanoTime);
                SharedBuckets other = new SharedBuckets(rules, FIVE_LIKES, System::nanoTime)) {
            long admitted = IntStream.range(0, 20)
                    .filter(i -> take(i % 2 == 0 ? one : other, 7).admitted())
                    .count();

            // Five, and one more per second that this took.
            assertThat(admitted).isBetween(5L, 8L);
            Verdict refused = take(other, 7);
            assertThat(refused.admitted()).isFalse();
            assertThat(Duration.ofNanos(refused.waitNanos())).isBetween(Duration.ZERO, Duration.ofSeconds(1));
            assertThat(take(other, 8).remaining()).isEqualTo(4);
        }
    }

    /** The wait is longer than the test: it is the pause after the first failure that makes the rest quick. */
    @Test
    void whileRedisDoesNotAnswer_oneRequestWaits_andTheOwnCountDecides() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                SharedBuckets buckets = new SharedBuckets(
                        rules("127.0.0.1:" + deaf.getLocalPort(), Duration.ofMillis(500)),
                        FIVE_LIKES,
                        System::nanoTime)) {
            long start = System.nanoTime();

            assertThat(IntStream.range(0, 20).mapToObj(i -> take(buckets, 7)))
                    .allSatisfy(verdict -> assertThat(verdict).isEqualTo(OWN));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aRedisThatIsNotThere_isTriedAgainAfterThePause() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        AtomicLong nanos = new AtomicLong();
        try (SharedBuckets away =
                new SharedBuckets(rules("127.0.0.1:" + closed, Duration.ofSeconds(2)), FIVE_LIKES, nanos::get)) {
            assertThat(take(away, 7)).isEqualTo(OWN);
            nanos.addAndGet(Duration.ofSeconds(21).toNanos());
            assertThat(take(away, 7)).isEqualTo(OWN);
        }
    }

    private SharedRules rules(String endpoint, Duration timeout) {
        return new SharedRules(
                "redis://:" + redis.password() + "@" + endpoint,
                redis.prefix() + "quota:",
                timeout,
                timeout.multipliedBy(10));
    }

    private static Verdict take(SharedBuckets buckets, long user) {
        return buckets.take(Group.LIKES, user, OWN).blockOptional().orElseThrow();
    }
}
