package spillway.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import spillway.platform.events.Topics;

/** Likes of random users on posts of unequal fame, at a rate; a process of its own when its processor time must not be counted. */
final class Burst {

    private static final double ZIPF_EXPONENT = 1.1;
    private static final int PACES_PER_SECOND = 100;

    private final Random random = new Random(1);
    private final double[] fame;

    /** @param posts how many there are; the n-th is n^1.1 times less famous than the first */
    Burst(int posts) {
        fame = new double[posts];
        double sum = 0;
        for (int post = 0; post < posts; post++) {
            sum += 1 / Math.pow(post + 1, ZIPF_EXPONENT);
            fame[post] = sum;
        }
        for (int post = 0; post < posts; post++) {
            fame[post] /= sum;
        }
    }

    private long post() {
        int found = Arrays.binarySearch(fame, random.nextDouble());
        return 1L + (found < 0 ? -found - 1 : found);
    }

    void send(Messages messages, int likes) {
        Instant now = Instant.now();
        for (int i = 0; i < likes; i++) {
            messages.like(post(), random.nextLong() >>> 1, now);
        }
    }

    static List<String> command(String bootstrapServers, Topics topics, int posts, int perSecond, Duration time) {
        return new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Burst.class.getName(),
                bootstrapServers,
                topics.prefix(),
                Integer.toString(topics.partitions()),
                Integer.toString(posts),
                Integer.toString(perSecond),
                Long.toString(time.toSeconds())));
    }

    public static void main(String[] arguments) {
        Topics topics = new Topics(arguments[1], Integer.parseInt(arguments[2]), (short) 1);
        Burst burst = new Burst(Integer.parseInt(arguments[3]));
        int perSecond = Integer.parseInt(arguments[4]);
        int paces = PACES_PER_SECOND * Integer.parseInt(arguments[5]);
        long start = System.nanoTime();
        try (Messages messages = new Messages(arguments[0], topics)) {
            for (int pace = 0; pace < paces; pace++) {
                LockSupport.parkNanos(
                        start + pace * TimeUnit.SECONDS.toNanos(1) / PACES_PER_SECOND - System.nanoTime());
                burst.send(messages, perSecond / PACES_PER_SECOND);
            }
            messages.await();
        }
    }
}
