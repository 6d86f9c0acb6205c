package spillway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class CachingJwtDecoderTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final AtomicInteger checks = new AtomicInteger();
    private Instant now = START;

    private final JwtDecoder decoder = new CachingJwtDecoder(this::check, 10, () -> now);

    private Jwt check(String token) {
        checks.incrementAndGet();
        if (token.startsWith("bad")) {
            throw new BadJwtException("bad");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject("1")
                .issuedAt(START.minusSeconds(60))
                .expiresAt(START.plusSeconds(10))
                .build();
    }

    @Test
    void aGoodToken_isCheckedOnce() {
        Jwt first = decoder.decode("good");

        assertThat(decoder.decode("good")).isSameAs(first);
        assertThat(checks).hasValue(1);
    }

    @Test
    void anotherToken_isCheckedOnItsOwn() {
        decoder.decode("good");
        decoder.decode("good2");

        assertThat(checks).hasValue(2);
    }

    @Test
    void aBadToken_isNeverRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode("bad"));
        }

        assertThat(checks).hasValue(2);
    }

    @Test
    void fromItsExpiryOn_aTokenIsCheckedAgain() {
        decoder.decode("good");

        now = START.plusMillis(9_999);
        decoder.decode("good");
        assertThat(checks).hasValue(1);

        now = START.plusSeconds(10);
        decoder.decode("good");
        assertThat(checks).hasValue(2);
    }
}
