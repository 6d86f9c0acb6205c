package spillway.lab.myths;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.lab.limits.probe.Meter;
import spillway.lab.limits.probe.RealBench;
import spillway.lab.limits.probe.Window;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;

/** The experiments that need servers. */
@RealServers({Server.POSTGRES, Server.REDIS, Server.KAFKA, Server.CASSANDRA})
class MythsIT {

    @TempDir
    private static Path folder;

    private static RealBench real;

    @BeforeAll
    static void openTheBench(Servers servers) throws Exception {
        real = new RealBench(servers, folder);
    }

    @AfterAll
    static void close() {
        real.close();
    }

    @Test
    void redis_syncsAsItsSettingSays() {
        Finding finding = new RedisSync(real.bench(), Duration.ofSeconds(4)).examine();

        assertThat(finding.measured()).first().isEqualTo("append-only file, appendfsync: everysec");
        assertThat(finding.verdict()).isEqualTo(Verdict.FALSE);
    }

    @Test
    void bothClaimsAboutPostgres_areJudgedByTheSameFigures() throws Exception {
        Measured host = new Measured(real.bench(), new Meter(Window.of(Duration.ofMillis(60)), part -> Duration.ZERO));

        Finding thousand = WritesPerSecond.aThousand(host).examine();
        Finding thousands = WritesPerSecond.tensOfThousands(host).examine();

        assertThat(thousand.measured()).hasSize(5).isEqualTo(thousands.measured());
    }
}
