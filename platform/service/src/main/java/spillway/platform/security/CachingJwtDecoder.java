package spillway.platform.security;

import java.time.InstantSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Checks a token once and remembers it until it expires. Thread-safe. */
public final class CachingJwtDecoder implements JwtDecoder {

    private final JwtDecoder decoder;
    private final CheckedTokens checked;

    /** @param size tokens remembered, see {@link TokenRules#cachedTokens()} */
    public CachingJwtDecoder(JwtDecoder decoder, int size, InstantSource clock) {
        this.decoder = decoder;
        this.checked = new CheckedTokens(size, clock);
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = checked.find(token);
        if (known != null) {
            return known;
        }
        Jwt jwt = decoder.decode(token);
        checked.remember(jwt);
        return jwt;
    }
}
