package spillway.batcher.audit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.batcher.log.Assigned;
import spillway.batcher.redis.GenerationKeys;
import spillway.platform.counters.CounterLayout;
import spillway.platform.counters.RedisLink;

/** Wires the audit. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditRules.class)
class AuditConfiguration {

    private static final int PAGE = 100;

    /** In the health as {@code counters}, not part of readiness. */
    @Bean
    Findings counters() {
        return new Findings();
    }

    @Bean
    AuditThread auditThread(
            CounterLayout layout,
            RedisLink redis,
            Assigned assigned,
            Findings findings,
            AuditRules rules,
            MeterRegistry meters) {
        Audit audit = new Audit(layout, redis, new GenerationKeys(layout, redis), assigned, findings, PAGE);
        return new AuditThread(audit, rules, findings, meters);
    }
}
