package spillway.gateway.shed;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.gateway.ledger.Books;

/** Wires the shed ledger. */
@Configuration(proxyBeanMethods = false)
class ShedConfiguration {

    @Bean
    ShedLedger shedLedger(MeterRegistry meters) {
        return new ShedLedger(InstantSource.system(), meters);
    }

    /** Who is refused and how much is for operators: not shown where their endpoints share the public port. */
    @Bean
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    ShedEndpoint shedEndpoint(ShedLedger ledger, Books books) {
        return new ShedEndpoint(ledger, books);
    }
}
