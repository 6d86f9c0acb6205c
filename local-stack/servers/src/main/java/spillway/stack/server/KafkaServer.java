package spillway.stack.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.Ports;
import spillway.stack.process.StackFailure;

/**
 * One Kafka node that is broker and controller at once.
 *
 * <p>With a single replica an acknowledged record survives the death of the process, not the loss of power: Kafka leaves
 * syncing to the operating system and relies on other replicas, which a laptop does not have.
 */
public final class KafkaServer implements BackingServer {

    private static final String FORMAT = "kafka 4";
    private static final String MODULE = "kafka-server";
    private static final String CLUSTER_ID = "c3BpbGx3YXktbG9jYWwtMQ";
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(1);
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");
    private static final List<String> JVM = List.of(
            "-Xms384m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final ChildProcess process;
    private final int port;

    private KafkaServer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static KafkaServer start(Installation installation, Place place, int port, int controllerPort) {
        Path properties = place.data().resolve("server.properties");
        String settings = settings(place.data().resolve("log"), port, controllerPort);
        DataFolder.prepare(place, FORMAT, folder -> {
            Files.writeString(properties, settings);
            List<String> format = installation.java(
                    MODULE,
                    List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                    "kafka.tools.StorageTool",
                    List.of("format", "--cluster-id", CLUSTER_ID, "--config", properties.toString()));
            ChildProcess.run(new Command(place.name(), format, folder, place.log()), FORMAT_LIMIT);
        });
        try {
            Files.writeString(properties, settings);
        } catch (IOException e) {
            throw new StackFailure("cannot write " + properties, e);
        }
        List<String> server = installation.java(MODULE, JVM, "kafka.Kafka", List.of(properties.toString()));
        Command command = new Command(place.name(), server, place.data(), place.log()).with(ENVIRONMENT);
        return new KafkaServer(ChildProcess.start(command), port);
    }

    private static String settings(Path logFolder, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENTS
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                num.network.threads=2
                num.io.threads=4
                log.cleaner.dedupe.buffer.size=33554432
                """.formatted(port, controllerPort, logFolder);
    }

    @Override
    public void awaitReady(Duration timeout) {
        process.await(this::hasBrokers, timeout);
    }

    /** Asks for the cluster's metadata: a broker that may not lead partitions yet is not in it. */
    private boolean hasBrokers() {
        try (Socket socket = Ports.connect(port)) {
            DataOutputStream request = new DataOutputStream(socket.getOutputStream());
            request.writeInt(2 + 2 + 4 + 2 + 4);
            request.writeShort(3); // Metadata
            request.writeShort(1); // version
            request.writeInt(1); // correlation
            request.writeShort(-1); // no client id
            request.writeInt(0); // of no topic
            request.flush();
            DataInputStream response = new DataInputStream(socket.getInputStream());
            response.readInt(); // size
            response.readInt(); // correlation
            return response.readInt() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    @Override
    public int port() {
        return port;
    }
}
