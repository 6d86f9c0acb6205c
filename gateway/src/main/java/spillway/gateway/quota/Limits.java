package spillway.gateway.quota;

/**
 * What an answer says of its caller's quota, as the fields of draft-ietf-httpapi-ratelimit-headers (10).
 *
 * @param policy the value of {@code RateLimit-Policy}
 * @param state the value of {@code RateLimit}
 */
public record Limits(String policy, String state) {

    public static final String POLICY = "RateLimit-Policy";
    public static final String STATE = "RateLimit";

    static Limits of(Policy policy, Verdict verdict) {
        return new Limits(
                policy.field(),
                "\"" + policy.name() + "\";r=" + verdict.remaining() + ";t="
                        + Verdict.seconds(verdict.admitted() ? verdict.resetNanos() : verdict.waitNanos()));
    }
}
