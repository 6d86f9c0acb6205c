package spillway.platform.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a suite real servers, to itself as far as it can see: databases, key prefix, topic prefix and keyspace are its own.
 *
 * <p>A test, its constructor or a lifecycle method may take {@link Servers} as parameter. With {@code @SpringBootTest} the
 * services' properties are set as well; for Postgres that is a new catalog and eight new shards.
 *
 * <p>The servers are local processes shared by the whole build; {@code -Dspillway.servers=testcontainers} uses containers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RealServersExtension.class)
public @interface RealServers {

    /** The servers to wait for; only these may be used. */
    Server[] value();
}
