package spillway.metrics.testing;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import spillway.platform.wire.Wire;
import spillway.stack.server.Installation;
import spillway.stack.server.Place;
import spillway.stack.server.RedisServer;

/** A real cluster of three nodes without replicas, each with a third of the slots. */
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 3;

    private final String password = UUID.randomUUID().toString();
    private final List<RedisServer> nodes = new ArrayList<>();

    /** @param folder for data and logs */
    public RedisCluster(Path folder) {
        for (int node = 0; node < NODES; node++) {
            Place place = Place.under(folder, "redis-" + node, note -> {});
            nodes.add(RedisServer.startClusterNode(Installation.find(), place, Wire.freePort(), password));
        }
        nodes.forEach(node -> node.awaitReady(Duration.ofSeconds(30)));
        RedisClient client = RedisClient.create();
        try {
            List<RedisCommands<String, String>> each =
                    nodes.stream().map(node -> client.connect(uri(node)).sync()).toList();
            for (int node = 0; node < NODES; node++) {
                each.get(node).clusterAddSlots(slots(node));
                each.get(node).clusterMeet("127.0.0.1", nodes.getFirst().port());
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> each.stream()
                            .allMatch(node -> node.clusterInfo().contains("cluster_state:ok")
                                    && node.clusterInfo().contains("cluster_known_nodes:" + NODES)));
        } finally {
            client.shutdown();
        }
    }

    /** Which node a slot belongs to, from 0. */
    public static int nodeOf(byte[] key) {
        return SlotHash.getSlot(key) * NODES / SlotHash.SLOT_COUNT;
    }

    private static int[] slots(int node) {
        return IntStream.range(0, SlotHash.SLOT_COUNT)
                .filter(slot -> slot * NODES / SlotHash.SLOT_COUNT == node)
                .toArray();
    }

    private RedisURI uri(RedisServer node) {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(node.port())
                .withPassword(password.toCharArray())
                .build();
    }

    public TestRedis connect() {
        return TestRedis.cluster(
                nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList(), password);
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
    }
}
