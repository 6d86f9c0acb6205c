package spillway.lab.limits.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import spillway.lab.stack.Part;

/**
 * Sends one kind of command on some connections, so many at once, and the next ones when all of those are answered.
 *
 * @param keys all that the commands touch
 * @param perConnection makes each connection's endless sequence of commands
 */
record RedisCommands(
        Bench bench,
        Quantity quantity,
        String how,
        int connections,
        int atOnce,
        List<String> keys,
        Supplier<Sequence> perConnection)
        implements Probe {

    private static final int PIPELINE = 500;
    private static final int KEYS = 10_000;
    private static final int SETS = 100;
    private static final int PREPARED = 20;

    /** An endless sequence of commands, as they are sent. */
    @FunctionalInterface
    interface Sequence {
        byte[] next();
    }

    /** Each waits for its answer before the next is sent. */
    static RedisCommands roundTrips(Bench bench, Quantity quantity, int connections) {
        String key = bench.key("hash");
        byte[] increment = RedisWire.command("HINCRBY", key, "n", "1");
        return new RedisCommands(
                bench, quantity, "HINCRBY, await each answer", connections, 1, List.of(key), () -> () -> increment);
    }

    static RedisCommands increments(Bench bench, Quantity quantity, boolean oneKey) {
        List<String> keys = oneKey
                ? List.of(bench.key("hash"))
                : IntStream.range(0, KEYS).mapToObj(i -> bench.key("hash:" + i)).toList();
        return pipelined(bench, quantity, keys, () -> {
            List<byte[]> prepared = Stream.generate(() -> increments(bench, keys))
                    .limit(oneKey ? 1 : PREPARED)
                    .toList();
            return new Sequence() {
                private int at;

                @Override
                public byte[] next() {
                    at = (at + 1) % prepared.size();
                    return prepared.get(at);
                }
            };
        });
    }

    private static byte[] increments(Bench bench, List<String> keys) {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        for (int i = 0; i < PIPELINE; i++) {
            String key = keys.get(bench.random().nextInt(keys.size()));
            commands.writeBytes(RedisWire.command("HINCRBY", key, "n", "1"));
        }
        return commands.toByteArray();
    }

    /** Adds members that are new each time to a hundred sets. */
    static RedisCommands additions(Bench bench, Quantity quantity) {
        List<String> keys =
                IntStream.range(0, SETS).mapToObj(i -> bench.key("set:" + i)).toList();
        return pipelined(bench, quantity, keys, () -> new NewMembers(keys, PIPELINE));
    }

    private static RedisCommands pipelined(
            Bench bench, Quantity quantity, List<String> keys, Supplier<Sequence> perConnection) {
        return new RedisCommands(bench, quantity, PIPELINE + " in each pipeline", 1, PIPELINE, keys, perConnection);
    }

    @Override
    public Set<Part> servers() {
        return Set.of(Part.REDIS);
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        try (RedisWire owner = RedisWire.open(bench.stack())) {
            remove(owner);
            try (Crew crew = Crew.of(connections, connection -> new Exchange(this))) {
                return meter.read(crew.tally(), servers());
            } finally {
                remove(owner);
            }
        }
    }

    private void remove(RedisWire owner) throws IOException {
        List<String> unlink = new ArrayList<>(List.of("UNLINK"));
        unlink.addAll(keys);
        owner.exchange(RedisWire.command(unlink.toArray(String[]::new)), 1);
    }

    private record Exchange(RedisWire wire, Sequence commands, int atOnce) implements Crew.Step {

        Exchange(RedisCommands probe) throws IOException {
            this(RedisWire.open(probe.bench.stack()), probe.perConnection.get(), probe.atOnce);
        }

        @Override
        public void once(Tally tally) throws IOException {
            wire.exchange(commands.next(), atOnce);
            tally.add(atOnce);
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
