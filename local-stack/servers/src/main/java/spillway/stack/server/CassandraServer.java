package spillway.stack.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.Ports;
import spillway.stack.process.StackFailure;

/**
 * One Cassandra node. A write is acknowledged after its commit log is synced ({@code commitlog_sync: batch}), because
 * offsets are committed on the strength of that answer and there is no second replica to heal a loss.
 */
public final class CassandraServer implements BackingServer {

    private static final String FORMAT = "cassandra 5";
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");
    private static final byte[] OPTIONS_FRAME = {4, 0, 0, 0, 5, 0, 0, 0, 0};
    private static final int SUPPORTED = 6;

    private final ChildProcess process;
    private final int port;

    private CassandraServer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static CassandraServer start(Installation installation, Place place, int port, int storagePort) {
        DataFolder.prepare(place, FORMAT, folder -> {});
        Path configuration = place.data().resolve("cassandra.yaml");
        try {
            Files.writeString(configuration, settings(place.data(), port, storagePort));
        } catch (IOException e) {
            throw new StackFailure("cannot write " + configuration, e);
        }
        List<String> server = installation.java(
                "cassandra-server", jvm(configuration), "org.apache.cassandra.service.CassandraDaemon", List.of());
        Command command = new Command(place.name(), server, place.data(), place.log()).with(ENVIRONMENT);
        return new CassandraServer(ChildProcess.start(command), port);
    }

    private static List<String> jvm(Path configuration) {
        List<String> options = new ArrayList<>(List.of(
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dcassandra.config=" + configuration.toUri(),
                "-Dcassandra-foreground=yes",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=1",
                "-Dcassandra.superuser_setup_delay_ms=-1",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        Stream.of(
                        "java.base/jdk.internal.misc",
                        "java.base/java.lang.ref",
                        "java.management.rmi/com.sun.jmx.remote.internal.rmi",
                        "java.rmi/sun.rmi.registry",
                        "java.rmi/sun.rmi.server",
                        "java.sql/java.sql",
                        "jdk.unsupported/sun.misc",
                        "jdk.compiler/com.sun.tools.javac.file",
                        "jdk.attach/sun.tools.attach")
                .forEach(exported -> options.add("--add-exports=" + exported + "=ALL-UNNAMED"));
        Stream.of(
                        "java.base/java.io",
                        "java.base/java.lang",
                        "java.base/java.lang.module",
                        "java.base/java.lang.reflect",
                        "java.base/java.util",
                        "java.base/jdk.internal.loader",
                        "java.base/jdk.internal.math",
                        "java.base/jdk.internal.module",
                        "java.base/jdk.internal.ref",
                        "java.base/jdk.internal.reflect",
                        "java.base/jdk.internal.util.jar",
                        "java.base/sun.nio.ch",
                        "jdk.compiler/com.sun.tools.javac",
                        "jdk.management/com.sun.management.internal")
                .forEach(opened -> options.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        return options;
    }

    private static String settings(Path data, int port, int storagePort) {
        return """
                cluster_name: spillway
                num_tokens: 1
                auto_bootstrap: false
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "127.0.0.1:%3$d"
                listen_address: 127.0.0.1
                rpc_address: 127.0.0.1
                native_transport_port: %2$d
                storage_port: %3$d
                data_file_directories: ["%1$s/data"]
                commitlog_directory: "%1$s/commitlog"
                saved_caches_directory: "%1$s/saved_caches"
                hints_directory: "%1$s/hints"
                cdc_raw_directory: "%1$s/cdc_raw"
                commitlog_sync: batch
                commitlog_segment_size: 16MiB
                commitlog_total_space: 256MiB
                memtable_heap_space: 96MiB
                memtable_offheap_space: 96MiB
                key_cache_size: 8MiB
                file_cache_size: 32MiB
                networking_cache_size: 32MiB
                prepared_statements_cache_size: 4MiB
                native_transport_max_threads: 32
                concurrent_reads: 16
                concurrent_writes: 32
                concurrent_compactors: 1
                hinted_handoff_enabled: false
                auto_snapshot: false
                user_defined_functions_enabled: false
                """.formatted(data, port, storagePort);
    }

    @Override
    public void awaitReady(Duration timeout) {
        process.await(this::answers, timeout);
    }

    private boolean answers() {
        try (Socket socket = Ports.connect(port)) {
            socket.getOutputStream().write(OPTIONS_FRAME);
            DataInputStream response = new DataInputStream(socket.getInputStream());
            response.skipNBytes(4);
            return response.readByte() == SUPPORTED;
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
