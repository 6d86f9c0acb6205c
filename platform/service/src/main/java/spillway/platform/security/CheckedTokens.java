package spillway.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Tokens whose signature and claims were found good, by their exact text, each until it expires. Only good tokens are
 * kept, so a flood of forged ones cannot push them out by being remembered. Thread-safe.
 */
final class CheckedTokens {

    private final Cache<String, Jwt> byText;
    private final InstantSource clock;

    CheckedTokens(int size, InstantSource clock) {
        this.byText = Caffeine.newBuilder().maximumSize(size).build();
        this.clock = clock;
    }

    @Nullable Jwt find(String token) {
        Jwt jwt = byText.getIfPresent(token);
        if (jwt == null) {
            return null;
        }
        Instant expiry = jwt.getExpiresAt();
        if (expiry == null || !clock.instant().isBefore(expiry)) {
            byText.invalidate(token);
            return null;
        }
        return jwt;
    }

    void remember(Jwt jwt) {
        byText.put(jwt.getTokenValue(), jwt);
    }
}
