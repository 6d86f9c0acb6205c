package spillway.metrics.receipt;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.SpringProperties;
import spillway.platform.counters.CountersInUse;

/** Wires receipts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReceiptRules.class)
class ReceiptConfiguration {

    @Bean
    Receipts receipts(ReceiptRules rules) {
        String key = rules.key();
        if (key == null || key.isBlank()) {
            if (isTrainingStart()) {
                return new Receipts(SecureRandom.getSeed(Receipts.SHORTEST_KEY));
            }
            throw new IllegalStateException(
                    "spillway.receipts.key is not set: give base64 of " + Receipts.SHORTEST_KEY + " random bytes");
        }
        return new Receipts(Base64.getDecoder().decode(key.trim()));
    }

    @Bean
    Progress progress(CountersInUse counters) {
        return new Progress(counters);
    }

    @Bean
    Waiters waiters(Progress progress, ReceiptRules rules) {
        return new Waiters(progress, rules.pollEvery());
    }

    /** A start that ends before anything is served, to record what the JVM can prepare: no receipt is ever signed. */
    private static boolean isTrainingStart() {
        return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equals(
                SpringProperties.getProperty(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME));
    }
}
