package spillway.gateway.quota;

import io.github.bucket4j.TimeMeter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.early.FirstLook;
import spillway.gateway.ledger.Books;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.id.UserId;
import spillway.platform.security.Caller;
import tools.jackson.databind.json.JsonMapper;

/** Quotas that count like all others and never refuse, since a benchmark sends as much as it can. */
public final class LargeQuotas {

    private static final int USERS = 10_000;
    private static final Rate MOST = new Rate(1_000_000, 10_000_000);
    private static final List<String> PROXIES = List.of("127.0.0.0/8");
    private static final QuotaRules RULES =
            new QuotaRules(true, MOST, MOST, MOST, MOST, 200, 100_000, List.of(), PROXIES, null);

    private LargeQuotas() {}

    public static UserQuotas ofUsers(ShedLedger ledger) {
        return new UserQuotas(RULES, buckets(RULES::ofUser), addresses(), null, ledger, bound -> 0);
    }

    public static FirstLook ofAddresses(Books books, ShedLedger ledger) {
        return new AddressGuard(
                RULES,
                buckets(RULES::ofAddress),
                addresses(),
                books,
                ledger,
                new SecureHeaders(),
                JsonMapper.shared(),
                bound -> 0);
    }

    public static Caller anyCaller() {
        return new Caller(new UserId(1 + ThreadLocalRandom.current().nextInt(USERS)), Set.of(), "");
    }

    private static Map<Group, Buckets> buckets(Function<Group, Rate> rates) {
        return Arrays.stream(Group.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        group -> new Buckets(rates.apply(group), RULES.mostKeys(), TimeMeter.SYSTEM_NANOTIME)));
    }

    private static Addresses addresses() {
        return new Addresses(PROXIES, List.of());
    }
}
