package spillway.gateway.quota;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.ledger.Books;
import spillway.gateway.shed.ShedLedger;
import tools.jackson.databind.json.JsonMapper;

/** Wires quotas. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    Addresses addresses(QuotaRules rules) {
        return new Addresses(rules.trustedProxies(), rules.exempt());
    }

    @Bean
    @ConditionalOnProperty("spillway.gateway.quota.redis.url")
    SharedBuckets sharedBuckets(QuotaRules rules) {
        SharedRules redis = rules.redis();
        if (redis == null) {
            throw new IllegalStateException("spillway.gateway.quota.redis is not complete");
        }
        Map<Group, Rate> rates =
                Stream.of(Group.values()).collect(Collectors.toMap(Function.identity(), rules::ofUser));
        return new SharedBuckets(redis, rates, System::nanoTime);
    }

    @Bean
    UserQuotas userQuotas(
            QuotaRules rules,
            Addresses addresses,
            ObjectProvider<SharedBuckets> shared,
            ShedLedger ledger,
            MeterRegistry meters) {
        return new UserQuotas(
                rules,
                buckets("user", rules::ofUser, rules, meters),
                addresses,
                shared.getIfAvailable(),
                ledger,
                QuotaConfiguration::random);
    }

    @Bean
    AddressGuard addressGuard(
            QuotaRules rules,
            Addresses addresses,
            Books books,
            ShedLedger ledger,
            SecureHeaders secureHeaders,
            JsonMapper json,
            MeterRegistry meters) {
        return new AddressGuard(
                rules,
                buckets("address", rules::ofAddress, rules, meters),
                addresses,
                books,
                ledger,
                secureHeaders,
                json,
                QuotaConfiguration::random);
    }

    private static Map<Group, Buckets> buckets(
            String whose, Function<Group, Rate> rates, QuotaRules rules, MeterRegistry meters) {
        Map<Group, Buckets> buckets = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            Buckets ofGroup = new Buckets(rates.apply(group), rules.mostKeys(), TimeMeter.SYSTEM_NANOTIME);
            buckets.put(group, ofGroup);
            Gauge.builder("spillway.gateway.quota.keys", ofGroup, Buckets::size)
                    .description("Users, or addresses, whose requests are being counted")
                    .tags("of", whose, "group", group.tag())
                    .register(meters);
        }
        return buckets;
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }
}
