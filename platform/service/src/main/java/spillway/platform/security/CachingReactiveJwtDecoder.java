package spillway.platform.security;

import java.time.InstantSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Checks a token once and remembers it until it expires. Thread-safe. */
public final class CachingReactiveJwtDecoder implements ReactiveJwtDecoder {

    private final ReactiveJwtDecoder decoder;
    private final CheckedTokens checked;

    /** @param size tokens remembered, see {@link TokenRules#cachedTokens()} */
    public CachingReactiveJwtDecoder(ReactiveJwtDecoder decoder, int size, InstantSource clock) {
        this.decoder = decoder;
        this.checked = new CheckedTokens(size, clock);
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Jwt known = checked.find(token);
        return known != null ? Mono.just(known) : decoder.decode(token).doOnNext(checked::remember);
    }
}
