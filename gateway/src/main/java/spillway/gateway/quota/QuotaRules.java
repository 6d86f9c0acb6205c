package spillway.gateway.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one user and one address may send.
 *
 * @param enabled whether anything is limited
 * @param posts of one user, comments included
 * @param likes of one user, shares included
 * @param views of one user
 * @param reads of one user
 * @param usersPerAddress how many users' quotas an address has; offices and mobile networks share one
 * @param mostKeys users, and addresses, that are remembered per group; past it those that come least are forgotten
 * @param exempt addresses or CIDR blocks without any quota, that of their users included
 * @param trustedProxies addresses or CIDR blocks whose {@code X-Forwarded-For} is believed
 * @param redis where several gateways count a user's requests together; none: each gateway counts its own
 */
@Validated
@ConfigurationProperties("spillway.gateway.quota")
record QuotaRules(
        @DefaultValue("true") boolean enabled,
        @Valid @Nullable Rate posts,
        @Valid @Nullable Rate likes,
        @Valid @Nullable Rate views,
        @Valid @Nullable Rate reads,
        @Min(1) @Max(200) @DefaultValue("100") int usersPerAddress,
        @Min(100) @DefaultValue("100000") int mostKeys,
        @NotNull @DefaultValue({"127.0.0.0/8", "::1"}) List<String> exempt,
        @NotNull @DefaultValue({"127.0.0.0/8", "::1"}) List<String> trustedProxies,
        @Valid @Nullable SharedRules redis) {

    private static final Rate POSTS = new Rate(10, 100);
    private static final Rate LIKES = new Rate(50, 500);
    private static final Rate VIEWS = new Rate(100, 1_000);
    private static final Rate READS = new Rate(100, 1_000);

    QuotaRules {
        exempt = List.copyOf(exempt);
        trustedProxies = List.copyOf(trustedProxies);
    }

    Rate ofUser(Group group) {
        return switch (group) {
            case POSTS -> posts == null ? POSTS : posts;
            case LIKES -> likes == null ? LIKES : likes;
            case VIEWS -> views == null ? VIEWS : views;
            case READS -> reads == null ? READS : reads;
        };
    }

    Rate ofAddress(Group group) {
        return ofUser(group).times(usersPerAddress);
    }
}
