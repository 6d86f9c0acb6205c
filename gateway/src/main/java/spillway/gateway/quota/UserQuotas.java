package spillway.gateway.quota;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.shed.Reason;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.security.Caller;

/**
 * Counts what each user sends. Thread-safe.
 *
 * <p>A user is counted by the gateway itself first, so that what is refused anyway asks nobody else; where buckets are
 * shared, what passes is then counted there.
 */
public final class UserQuotas {

    private static final Mono<Optional<Limits>> UNLIMITED = Mono.just(Optional.empty());

    /** Seconds by which those who are refused together come back apart. */
    private static final int SPREAD = 3;

    private final boolean enabled;
    private final Addresses addresses;
    private final Map<Group, Buckets> own = new EnumMap<>(Group.class);
    private final Map<Group, Policy> policies = new EnumMap<>(Group.class);
    private final @Nullable SharedBuckets shared;
    private final ShedLedger ledger;
    private final IntUnaryOperator random;

    /** @param random below its argument */
    UserQuotas(
            QuotaRules rules,
            Map<Group, Buckets> own,
            Addresses addresses,
            @Nullable SharedBuckets shared,
            ShedLedger ledger,
            IntUnaryOperator random) {
        this.enabled = rules.enabled();
        this.addresses = addresses;
        this.own.putAll(own);
        own.keySet().forEach(group -> policies.put(group, Policy.of("user", group, rules.ofUser(group))));
        this.shared = shared;
        this.ledger = ledger;
        this.random = random;
    }

    /**
     * Takes a request's place in its user's quota: what its answer is to say of it, or nothing where there is none; an error
     * that carries the refusal when the quota is used up. A trusted edge speaks for many users and has no quota.
     *
     * @param peer of the connection
     * @param forwarded the values of {@code X-Forwarded-For}
     */
    public Mono<Optional<Limits>> take(
            TrafficClass traffic, Caller caller, @Nullable InetSocketAddress peer, List<String> forwarded) {
        if (!enabled
                || caller.scopes().contains(Caller.INGEST)
                || peer == null
                || addresses.isExempt(addresses.of(peer.getAddress(), forwarded))) {
            return UNLIMITED;
        }
        Group group = Group.of(traffic);
        long user = caller.user().value();
        Verdict mine = requireNonNull(own.get(group)).take(user);
        Mono<Verdict> verdict = shared == null || !mine.admitted() ? Mono.just(mine) : shared.take(group, user, mine);
        return verdict.map(known -> limits(traffic, group, known));
    }

    private Optional<Limits> limits(TrafficClass traffic, Group group, Verdict verdict) {
        Limits limits = Limits.of(requireNonNull(policies.get(group)), verdict);
        if (verdict.admitted()) {
            return Optional.of(limits);
        }
        ledger.shed(traffic, Reason.USER_QUOTA, 1);
        throw new QuotaExceeded(
                "You have sent more %s than one user may; nothing was done.".formatted(group.tag()),
                limits,
                Verdict.seconds(verdict.waitNanos()) + random.applyAsInt(SPREAD));
    }
}
