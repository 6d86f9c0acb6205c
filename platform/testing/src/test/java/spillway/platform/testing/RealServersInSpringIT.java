package spillway.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@RealServers({Server.POSTGRES, Server.REDIS, Server.KAFKA, Server.CASSANDRA})
@SpringBootTest
class RealServersInSpringIT {

    @SpringBootConfiguration
    static class Nothing {}

    @Test
    void propertiesOfTheServices_nameTheSuitesServers(Servers servers, @Autowired Environment environment) {
        assertThat(environment.getProperty("spillway.content.shard-urls[7]")).startsWith("jdbc:postgresql://");
        assertThat(environment.getProperty("spillway.redis.prefix"))
                .isEqualTo(servers.redis().prefix());
        assertThat(environment.getProperty("spring.kafka.bootstrap-servers"))
                .isEqualTo(servers.kafka().bootstrapServers());
        assertThat(environment.getProperty("spillway.analytics.keyspace"))
                .isEqualTo(servers.cassandra().keyspace());
    }
}
