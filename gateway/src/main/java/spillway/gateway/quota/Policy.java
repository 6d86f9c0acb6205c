package spillway.gateway.quota;

/**
 * A quota as clients know it.
 *
 * @param name such as {@code user-likes}
 * @param field the value of {@code RateLimit-Policy}: the burst, and the seconds in which it comes back
 */
record Policy(String name, String field) {

    static Policy of(String whose, Group group, Rate rate) {
        String name = whose + "-" + group.tag();
        return new Policy(
                name,
                "\"" + name + "\";q=" + rate.burst() + ";w="
                        + Verdict.seconds(rate.refill().toNanos()));
    }
}
