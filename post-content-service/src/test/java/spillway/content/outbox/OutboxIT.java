package spillway.content.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import spillway.content.outbox.OutboxRelay.Round;
import spillway.content.shard.Shards;
import spillway.content.testing.Api;
import spillway.content.testing.Events;
import spillway.content.testing.TestTokens;
import spillway.content.testing.Users;
import spillway.events.v1.PostEvent;
import spillway.events.v1.PostEvent.ChangeCase;
import spillway.platform.events.Topics;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@RealServers({Server.POSTGRES, Server.KAFKA})
@Import(TestTokens.class)
class OutboxIT {

    private static final int SHARD = 4;

    @LocalServerPort
    private int port;

    @Autowired
    private OutboxRelays relays;

    @Autowired
    private Delivery kafka;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Shards shards;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Topics topics;

    private final UserId user = Users.onShard(SHARD);
    private Api api;
    private Events events;

    @BeforeEach
    void connect(Servers servers) {
        api = new Api(port);
        events = new Events(servers.kafka(), topics);
    }

    @AfterEach
    void runAgain() {
        events.close();
        relays.stop();
        relays.start();
    }

    @Test
    void everyChangeOfAPost_reachesKafkaInOrderWithItsVersion() {
        String post = api.publish(user, "v1");
        String path = "/v1/posts/" + post;
        UserId guest = Users.any();
        api.post(guest, path + "/comments", "{\"content\":\"hi\"}");
        api.patch(user, path, "{\"content\":\"v2\",\"mediaUrls\":[\"http://a\"]}", "If-Match", "\"1\"");
        api.delete(user, path);

        List<PostEvent> seen = await().until(() -> events.about(post), list -> list.size() >= 4);

        assertThat(seen)
                .extracting(PostEvent::getChangeCase)
                .containsExactly(
                        ChangeCase.POST_CREATED,
                        ChangeCase.COMMENT_ADDED,
                        ChangeCase.POST_EDITED,
                        ChangeCase.POST_DELETED);
        assertThat(seen).extracting(PostEvent::getVersion).containsExactly(1L, 1L, 2L, 3L);
        assertThat(seen)
                .extracting(PostEvent::getUserId)
                .containsExactly(user.value(), guest.value(), user.value(), user.value());
        assertThat(seen).extracting(PostEvent::getEventId).doesNotHaveDuplicates();
        assertThat(seen.get(2).getPostEdited().getContent()).isEqualTo("v2");
        assertThat(seen.get(2).getPostEdited().getMediaUrlsList()).containsExactly("http://a");
    }

    @Test
    void relayLostBetweenAckAndCommit_sendsTheSameEventsAgain() {
        relays.stop();
        String post = api.publish(user, "twice");
        OutboxRelay dying = relay(rows -> {
            kafka.deliver(rows);
            throw new DeliveryFailed(new IllegalStateException("lost after the acks"));
        });

        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(dying::round);
        assertThat(relay(kafka).round()).isEqualTo(Round.EMPTY);

        List<PostEvent> seen = await().until(() -> events.about(post), list -> list.size() >= 2);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }

    @Test
    void eventsOfFailedWrites_neverLeave() {
        relays.stop();
        String post = api.publish(user, "kept");
        PostId id = PostId.parse(post);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> shards.write(id.slot(), () -> {
                    outbox.append(PostEvent.newBuilder().setPostId(id.value()).build());
                    throw new IllegalStateException("rolled back");
                }));
        api.delete(Users.any(), "/v1/posts/" + post);

        List<OutboxRow> sent = new ArrayList<>();
        relay(sent::addAll).round();
        assertThat(sent).extracting(OutboxRow::postId).containsOnlyOnce(id.value());
    }

    @Test
    void unsentEvents_waitAndAreCounted() {
        relays.stop();
        relay(rows -> {}).round();
        api.publish(user, "waits");
        OutboxRelay relay = relay(rows -> {
            throw new DeliveryFailed(new IllegalStateException("no Kafka"));
        });

        assertThatExceptionOfType(DeliveryFailed.class).isThrownBy(relay::round);
        relay.measure();

        assertThat(relay.backlog().depth()).isEqualTo(1);
        assertThat(relay.backlog().age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        List<OutboxRow> sent = new ArrayList<>();
        assertThat(relay(sent::addAll).round()).isEqualTo(Round.EMPTY);
        assertThat(sent).hasSize(1);
    }

    @Test
    void moreThanAChunk_leavesInOrderOverSeveralRounds() {
        relays.stop();
        relay(rows -> {}).round();
        for (int i = 0; i < 25; i++) {
            api.publish(user, "post " + i);
        }
        List<OutboxRow> sent = new ArrayList<>();
        OutboxRelay relay = new OutboxRelay(SHARD, shards, jdbc, sent::addAll, 10, Clock.systemUTC());

        assertThat(List.of(relay.round(), relay.round(), relay.round()))
                .containsExactly(Round.MORE, Round.MORE, Round.EMPTY);
        assertThat(sent).extracting(OutboxRow::postId).hasSize(25).isSorted();
    }

    @Test
    void eventsThatComeWithinTheLinger_leaveTogether() {
        relays.stop();
        relay(rows -> {}).round();
        Queue<List<OutboxRow>> deliveries = new ConcurrentLinkedQueue<>();
        OutboxSettings patient = new OutboxSettings(
                500, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(12), Duration.ofSeconds(1));
        Bells bells = new Bells();
        OutboxRelays slow = new OutboxRelays(
                shards,
                shard -> new OutboxRelay(shard, shards, jdbc, deliveries::add, 500, Clock.systemUTC()),
                bells,
                patient);
        slow.start();
        try {
            for (int i = 0; i < 5; i++) {
                api.publish(user, "post " + i);
                bells.ring(SHARD);
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> deliveries.stream().mapToInt(List::size).sum() == 5);
            assertThat(deliveries).hasSizeLessThan(5);
        } finally {
            slow.stop();
        }
    }

    @Test
    void twoRelaysOfOneShard_takeTurns() {
        relays.stop();
        api.publish(user, "one at a time");
        OutboxRelay second = relay(rows -> {});
        List<Round> secondWhileFirstWorks = new ArrayList<>();

        relay(rows -> secondWhileFirstWorks.add(elsewhere(second))).round();

        assertThat(secondWhileFirstWorks).containsExactly(Round.BUSY);
    }

    @Test
    void aRoundWaitsForNoSync_andWritesAfterItDo() {
        relays.stop();
        api.publish(user, "synced");
        List<String> inTheRound = new ArrayList<>();

        relay(rows -> inTheRound.add(synchronousCommit())).round();

        assertThat(inTheRound).containsExactly("off");
        assertThat(shards.<String>write(SHARD, this::synchronousCommit)).isEqualTo("on");
    }

    private String synchronousCommit() {
        return jdbc.sql("SHOW synchronous_commit").query(String.class).single();
    }

    private static Round elsewhere(OutboxRelay relay) {
        List<Round> result = new ArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> result.add(relay.round()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return result.getFirst();
    }

    private OutboxRelay relay(Delivery delivery) {
        return new OutboxRelay(SHARD, shards, jdbc, delivery, 500, Clock.systemUTC());
    }
}
