package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.events.v1.View;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.metrics.testing.TestService.Answer;
import spillway.platform.events.EngagementKey;
import spillway.platform.events.Topics;
import spillway.platform.security.Caller;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@RealServers({Server.REDIS, Server.KAFKA})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkViewsIT {

    private static final String EDGE = TestService.token(1, Caller.INGEST);

    private final FakeContent content = new FakeContent();
    private final Servers servers;
    private final TestService service;

    BulkViewsIT(Servers servers) {
        for (long post = 1; post <= 10; post++) {
            content.has(post);
        }
        this.servers = servers;
        this.service = TestService.start(servers, content);
        // Analytics is not told of views that come before the producer has heard of the topic.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            send(view("10", "10"));
            return told(10) > 0;
        });
    }

    @AfterAll
    void stop() {
        service.close();
        content.close();
    }

    private static String view(String post, String user) {
        return "{\"postId\":\"%s\",\"userId\":\"%s\"}".formatted(post, user);
    }

    private static String weighed(String post, String user, String weight) {
        return "{\"postId\":\"%s\",\"userId\":\"%s\",\"weight\":%s}".formatted(post, user, weight);
    }

    private Answer send(String... views) {
        return send(service, views);
    }

    private static Answer send(TestService service, String... views) {
        return service.send("POST", EDGE, "/v1/views", "{\"views\":[" + String.join(",", views) + "]}");
    }

    private static List<String> rejected(Answer answer) {
        return answer.json()
                .path("rejected")
                .valueStream()
                .map(item -> item.path("index").asInt() + ":"
                        + item.path("status").asInt() + ":" + item.path("type").asString())
                .toList();
    }

    @Test
    void goodViews_areCounted_andOthersRefusedOneByOne() {
        Answer answer = send(
                view("999", "10"),
                view("1", "10"),
                view("1", "0"),
                view("2", "10"),
                view("01", "10"),
                "{\"postId\":\"1\"}",
                "{\"userId\":\"1\"}",
                view("1", "11"),
                view("999", "11"),
                view("1", "10"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.number("accepted")).isEqualTo(4);
        assertThat(rejected(answer))
                .containsExactly(
                        "0:404:urn:spillway:problem:not-found",
                        "2:400:urn:spillway:problem:invalid-request",
                        "4:400:urn:spillway:problem:invalid-request",
                        "5:400:urn:spillway:problem:invalid-request",
                        "6:400:urn:spillway:problem:invalid-request",
                        "8:404:urn:spillway:problem:not-found");
        awaitViews(service, 1, 3, 2);
        awaitViews(service, 2, 1, 1);
    }

    @Test
    void aView_hasTheSameEffect_aloneAndAmongOthers() {
        send(view("3", "10"), view("3", "11"), view("3", "12"));
        service.post(11, "/v1/posts/3/views");

        awaitViews(service, 3, 4, 3);
        await().atMost(Duration.ofSeconds(10)).until(() -> told(3) == 4);
    }

    @Test
    void viewsThatStandForSeveral_countAsMany_withAMargin() {
        Answer answer = send(
                weighed("8", "10", "16"),
                weighed("8", "11", "4"),
                view("8", "12"),
                weighed("8", "13", "0"),
                weighed("8", "14", "17"),
                weighed("8", "15", "-1"));

        assertThat(answer.number("accepted")).isEqualTo(3);
        assertThat(rejected(answer))
                .containsExactly(
                        "3:400:urn:spillway:problem:invalid-request",
                        "4:400:urn:spillway:problem:invalid-request",
                        "5:400:urn:spillway:problem:invalid-request");
        awaitViews(service, 8, 21, 3);
        // 1.96 * sqrt(16 * 15 + 4 * 3)
        assertThat(service.get(1, "/v1/posts/8/metrics").number("viewsMargin")).isEqualTo(32);
        await().atMost(Duration.ofSeconds(10)).until(() -> told(8) == 21);
    }

    @Test
    void viewsThatWereCounted_haveNoMargin() {
        send(view("9", "10"));

        awaitViews(service, 9, 1, 1);
        assertThat(service.get(1, "/v1/posts/9/metrics").number("viewsMargin")).isZero();
    }

    @Test
    void fiveThousandViews_fitOneRequest_andMoreDoNot() {
        String most = IntStream.rangeClosed(1, BulkViews.MOST)
                .mapToObj(user -> view("4", Long.toString(Long.MAX_VALUE - user)))
                .collect(Collectors.joining(","));

        Answer all = send(most);
        assertThat(all.number("accepted")).isEqualTo(BulkViews.MOST);
        assertThat(all.json().path("rejected").isEmpty()).isTrue();
        assertThat(send(most, view("4", "1")).status()).isEqualTo(400);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> service.get(1, "/v1/posts/4/metrics").number("views", "value") == BulkViews.MOST);
    }

    @Test
    void aViewThereIsNoRoomFor_isUnavailable_andOthersAreTaken() {
        try (TestService narrow = TestService.starting(
                servers,
                Map.of(
                        "spillway.content.base-url",
                        content.url(),
                        "spillway.receipts.key",
                        TestService.KEY,
                        "spillway.metrics.views.posts",
                        "1",
                        "spillway.metrics.views.flush-every",
                        "1h"))) {
            Answer answer = send(narrow, view("5", "10"), view("6", "10"), view("5", "11"), view("6", "11"));

            assertThat(answer.number("accepted")).isEqualTo(2);
            assertThat(rejected(answer))
                    .containsExactly(
                            "1:503:urn:spillway:problem:unavailable", "3:503:urn:spillway:problem:unavailable");
            assertThat(narrow.post(12, "/v1/posts/6/views").text("type")).isEqualTo("urn:spillway:problem:unavailable");
        }
    }

    @Test
    void aUsersToken_isNotEnough() {
        Answer answer =
                service.send("POST", TestService.token(10), "/v1/views", "{\"views\":[" + view("7", "10") + "]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("type")).isEqualTo("urn:spillway:problem:forbidden");
        assertThat(service.get(10, "/v1/posts/7/metrics").number("views", "value"))
                .isZero();
    }

    @Test
    void aBodyOverItsLimit_isRefused() {
        assertThat(send(" ".repeat(1024 * 1024)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"views\":null}",
                "{\"views\":[]}",
                "{\"views\":[null]}",
                "{\"views\":{}}",
                "{\"views\":[{\"postId\":\"1\",\"userId\":\"1\",\"ownerId\":\"2\"}]}",
                "{\"views\":[{\"postId\":\"1\",\"userId\":\"1\",\"weight\":1.5}]}",
                "{\"views\":[{\"postId\":\"1\",\"userId\":\"1\",\"weight\":99999999999}]}",
                "{\"likes\":[{\"postId\":\"1\",\"userId\":\"1\"}]}",
            })
    void aBodyOfAnotherForm_isA400(String body) {
        assertThat(service.send("POST", EDGE, "/v1/views", body).status()).isEqualTo(400);
    }

    private static void awaitViews(TestService service, long post, int views, int viewers) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Answer metrics = service.get(1, "/v1/posts/" + post + "/metrics");
            assertThat(metrics.number("views", "value")).isEqualTo(views);
            assertThat(metrics.number("uniqueViewers", "value")).isEqualTo(viewers);
        });
    }

    private static int weight(ConsumerRecord<byte[], byte[]> view) {
        try {
            return View.parseFrom(view.value()).getWeight();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Views of a post that analytics was told of. */
    private long told(long post) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            String topic = new Topics(servers.kafka().topicPrefix(), 8, (short) 1).views();
            List<TopicPartition> partitions = IntStream.range(0, 8)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long told = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> view : consumer.poll(Duration.ofMillis(200))) {
                    told += EngagementKey.fromBytes(view.key()).post() == post ? weight(view) : 0;
                }
            }
            return told;
        }
    }
}
