package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.server.Installation;

class BlueprintTest {

    @TempDir
    Path folder;

    @Test
    void shards_areOnBothServers_asManyOfTheFirstEightAsOfTheRest() {
        assertThat(IntStream.range(0, 16).filter(shard -> Blueprint.server(shard) == StackPort.POSTGRES_A))
                .containsExactly(0, 1, 2, 3, 8, 9, 10, 11);
    }

    @Test
    void content_knowsSixteenShards_andBeginsWithEight() {
        assertThat(service(Extent.EVERYTHING, "content").arguments())
                .contains(
                        "--spillway.content.shard-urls[7]=jdbc:postgresql://127.0.0.1:15433/shard_7",
                        "--spillway.content.shard-urls[8]=jdbc:postgresql://127.0.0.1:15432/shard_8",
                        "--spillway.content.shard-urls[15]=jdbc:postgresql://127.0.0.1:15433/shard_15",
                        "--spillway.content.first-shards=8");
    }

    @Test
    void underReshardChaos_onlyTheWorkerMovesSlots_andItServesNobody() {
        assertThat(services(Extent.RESHARD))
                .extracting(Service::name)
                .containsExactly("content", "reshard-worker", "gateway");
        assertThat(service(Extent.RESHARD, "content").arguments()).contains("--spillway.content.reshard.worker=false");
        Service worker = service(Extent.RESHARD, "reshard-worker");
        assertThat(worker.port()).isNull();
        assertThat(worker.arguments())
                .contains(
                        "--spillway.content.reshard.worker=true", "--spillway.content.serve=false", "--server.port=0");
    }

    @Test
    void underAnOverload_thePathsOfPostsLikesAndViewsRun_andNothingElse() {
        assertThat(services(Extent.OVERLOAD))
                .extracting(Service::name)
                .containsExactly("content", "metrics", "batcher", "gateway");
        assertThat(Extent.OVERLOAD.portsIn(StackPort.from(Map.of())))
                .doesNotContainKeys(
                        StackPort.ANALYTICS, StackPort.CASSANDRA, StackPort.BATCHER_TWIN, StackPort.MONOLITH)
                .containsKey(StackPort.REDIS_WIRE);
    }

    @Test
    void reshardChaos_needsNoPortOfWhatItLeavesOut() {
        Map<StackPort, Integer> needed = Extent.RESHARD.portsIn(StackPort.from(Map.of()));

        assertThat(needed.keySet())
                .containsExactlyInAnyOrder(
                        StackPort.GATEWAY,
                        StackPort.GATEWAY_MANAGEMENT,
                        StackPort.CONTENT,
                        StackPort.POSTGRES_A,
                        StackPort.POSTGRES_B,
                        StackPort.KAFKA,
                        StackPort.KAFKA_CONTROLLER);
    }

    private Service service(Extent extent, String name) {
        return services(extent).stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Service> services(Extent extent) {
        Installation installation = new Installation(folder, folder);
        return new Blueprint(installation, StackPort.from(Map.of()), Secrets.of(Folders.of(installation)), note -> {})
                .services(extent);
    }
}
