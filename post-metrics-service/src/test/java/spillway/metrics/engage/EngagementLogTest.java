package spillway.metrics.engage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spillway.events.v1.Engagement;
import spillway.events.v1.Engagement.Operation;
import spillway.metrics.problem.OutcomeUnknown;
import spillway.metrics.problem.Unavailable;
import spillway.platform.counters.CounterFamily;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;

/** Invariant I1: which failure means what. */
@Timeout(20)
class EngagementLogTest {

    private static final Topics TOPICS = new Topics("", 8, (short) 1);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(cluster(8), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private long now = 5;
    private final LogShape shape = new LogShape(() -> producer, List.of("likes"), 8);
    private final EngagementLog log = new EngagementLog(() -> producer, TOPICS, shape, () -> Instant.ofEpochMilli(now));

    private static Cluster cluster(int partitions) {
        Node node = new Node(0, "localhost", 1);
        return new Cluster(
                "test",
                List.of(node),
                IntStream.range(0, partitions)
                        .mapToObj(p -> new PartitionInfo("likes", p, node, new Node[] {node}, new Node[] {node}))
                        .toList(),
                java.util.Set.of(),
                java.util.Set.of());
    }

    @BeforeEach
    void confirmed() {
        shape.start();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(shape::isConfirmed);
    }

    private CompletableFuture<Appended> like() {
        return log.append(CounterFamily.LIKES, 7, 8, 8, Operation.ADD, 0);
    }

    private static Throwable failureOf(CompletableFuture<Appended> append) {
        return append.handle(
                        (done, failure) -> failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure)
                .join();
    }

    /** As the producer's network thread would. */
    private static void onAnotherThread(Runnable report) throws InterruptedException {
        Thread network = Thread.ofPlatform().start(report);
        network.join();
    }

    @Test
    void aLike_goesToThePartitionOfItsKey_andIsAcceptedOnlyWhenAcknowledged() throws InterruptedException {
        CompletableFuture<Appended> append = like();
        assertThat(append).isNotDone();
        assertThat(producer.history().getFirst().partition()).isEqualTo(new EngagementKey(7, 8).partition(8));

        onAnotherThread(producer::completeNext);
        assertThat(append).isCompleted();
    }

    @Test
    void aSequence_isPartOfKeyAndValue_inThePartitionOfTheOthers() throws InvalidProtocolBufferException {
        var unused = log.append(CounterFamily.LIKES, 7, 8, 8, Operation.ADD, 5);

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.key()).isEqualTo(new EngagementKey(7, 8, 5).toBytes());
        assertThat(record.partition()).isEqualTo(new EngagementKey(7, 8).partition(8));
        assertThat(Engagement.parseFrom(record.value()).getClientSequence()).isEqualTo(5);
    }

    @Test
    void aRecordThatWasTaken_andNotConfirmed_isUnknown() throws InterruptedException {
        CompletableFuture<Appended> append = like();
        onAnotherThread(() -> producer.errorNext(new TimeoutException("expired")));

        assertThat(failureOf(append)).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void aRecordThatWasNotTaken_isRefused() {
        producer.sendException = new TimeoutException("no room in the buffer");

        assertThat(failureOf(like())).isInstanceOf(Unavailable.class);
    }

    @Test
    void aLogThatHadNoRoom_isNotAskedAgainForAMoment() {
        producer.sendException = new TimeoutException("no room in the buffer");
        var unused = like();
        producer.sendException = null;

        now += EngagementLog.FULL.toMillis() - 1;
        assertThat(failureOf(like())).isInstanceOf(Unavailable.class);
        assertThat(producer.history()).isEmpty();
        now += 1;
        assertThat(like()).isNotDone();
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void beforeTheTopicsAreConfirmed_nothingIsSent() {
        LogShape unconfirmed = new LogShape(() -> producer, List.of("likes"), 8);
        EngagementLog early = new EngagementLog(() -> producer, TOPICS, unconfirmed, () -> Instant.EPOCH);

        assertThat(failureOf(early.append(CounterFamily.LIKES, 7, 8, 8, Operation.ADD, 0)))
                .isInstanceOf(Unavailable.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aTopicOfAnotherShape_isNeverConfirmed() {
        LogShape wrong = new LogShape(() -> producer, List.of("likes"), 4);
        wrong.start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> wrong.health()
                        .getDetails()
                        .getOrDefault("reason", "")
                        .equals("topic likes has 8 partitions, but 4 are configured (spillway.topics.partitions)"));
        assertThat(wrong.isConfirmed()).isFalse();
    }
}
