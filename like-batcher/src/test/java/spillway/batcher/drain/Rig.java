package spillway.batcher.drain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import spillway.batcher.LikeBatcherApplication;
import spillway.platform.events.Topics;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.server.DataFolder;
import spillway.stack.server.Installation;
import spillway.stack.server.KafkaServer;
import spillway.stack.server.Place;
import spillway.stack.server.RedisServer;

/** One Kafka, one Redis and one batcher, each a process of its own whose processor time can be told from the others'. */
final class Rig implements AutoCloseable {

    static final String PASSWORD = "benchmark";
    private static final Duration START = Duration.ofMinutes(1);

    /** As the local stack starts services. */
    private static final String JVM = "-Xmx384m -XX:+UseSerialGC";

    private final Path folder;
    private final KafkaServer kafka;
    private final RedisServer redis;

    private Rig(Path folder, KafkaServer kafka, RedisServer redis) {
        this.folder = folder;
        this.kafka = kafka;
        this.redis = redis;
    }

    static Rig start() throws IOException {
        Installation installation = Installation.find();
        Path folder = installation.state().resolve("bench");
        DataFolder.delete(folder.resolve("data"));
        KafkaServer kafka =
                KafkaServer.start(installation, Place.under(folder, "kafka", note -> {}), freePort(), freePort());
        RedisServer redis =
                RedisServer.start(installation, Place.under(folder, "redis", note -> {}), freePort(), PASSWORD);
        kafka.awaitReady(START);
        redis.awaitReady(START);
        return new Rig(folder, kafka, redis);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafka.port();
    }

    int redisPort() {
        return redis.port();
    }

    ChildProcess startBatcher(Topics topics, String redisPrefix) {
        List<String> line = new ArrayList<>();
        line.add(Installation.javaExecutable());
        line.addAll(List.of(System.getProperty("spillway.benchmark.jvm", JVM).split(" ", -1)));
        line.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LikeBatcherApplication.class.getName(),
                "--spring.main.web-application-type=none",
                "--spring.main.keep-alive=true",
                "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                "--spillway.topics.prefix=" + topics.prefix(),
                "--spillway.topics.partitions=" + topics.partitions(),
                "--spring.data.redis.port=" + redisPort(),
                "--spring.data.redis.password=" + PASSWORD,
                "--spillway.redis.prefix=" + redisPrefix));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spillway.batcher."))
                .forEach(name -> line.add("--" + name + "=" + System.getProperty(name)));
        return ChildProcess.start(new Command("batcher", line, folder, folder.resolve("log/batcher.log")));
    }

    /** Processor time so far of Kafka, Redis and the batcher. */
    Map<String, Duration> cpu(ChildProcess batcher) {
        return Map.of(
                "kafka",
                cpu(kafka.process().pid()),
                "redis",
                cpu(redis.process().pid()),
                "batcher",
                cpu(batcher.pid()));
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        redis.close();
        DataFolder.delete(folder.resolve("data"));
    }
}
