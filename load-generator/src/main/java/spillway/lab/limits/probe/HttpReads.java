package spillway.lab.limits.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import spillway.lab.stack.Part;

/**
 * Reads one path on some connections, each with the next request as soon as the last is answered.
 *
 * @param door whom the requests go to
 * @param users whether each connection carries a user's token
 * @param servers who works for an answer
 */
record HttpReads(Bench bench, Quantity quantity, String how, Part door, String path, boolean users, Set<Part> servers)
        implements Probe {

    private static final int CONNECTIONS = 64;

    /** Answered without a token and without work. */
    private static final String EMPTY = "/actuator/health/liveness";

    /** Metrics of a post that does not exist: token and answer are as with any other, nothing must be made for it. */
    private static final String READ = "/v1/metrics?ids=1";

    static HttpReads empty(Bench bench) {
        return new HttpReads(
                bench,
                Quantity.HTTP_EMPTY,
                CONNECTIONS + " connections, no token",
                Part.METRICS,
                EMPTY,
                false,
                Set.of(Part.METRICS));
    }

    static HttpReads direct(Bench bench) {
        return new HttpReads(
                bench,
                Quantity.HTTP_DIRECT,
                CONNECTIONS + " users, metrics service",
                Part.METRICS,
                READ,
                true,
                Set.of(Part.METRICS));
    }

    static HttpReads throughTheGateway(Bench bench) {
        return new HttpReads(
                bench,
                Quantity.HTTP_GATEWAY,
                CONNECTIONS + " users, all the way",
                Part.GATEWAY,
                READ,
                true,
                Set.of(Part.GATEWAY, Part.METRICS));
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (HttpCaller caller = new HttpCaller(bench.stack(), CONNECTIONS)) {
            List<String> tokens = new ArrayList<>();
            for (int user = 1; users && user <= CONNECTIONS; user++) {
                String token = caller.token(user);
                caller.read(door, path, token); // a token's signature is checked once, and that is no part of a read
                tokens.add(token);
            }
            Tally tally = new Tally();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                caller.repeat(door, path, users ? tokens.get(connection) : null, tally);
            }
            return meter.read(tally, servers);
        }
    }
}
