package spillway.stack.launch;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import spillway.stack.process.StackFailure;

/** A port of the stack and its default; the environment variable {@code SPILLWAY_PORT_<NAME>} moves it. */
enum StackPort {
    GATEWAY(8080),
    GATEWAY_MANAGEMENT(9080),
    CONTENT(8081),
    METRICS(8082),
    ANALYTICS(8083),
    BATCHER(8084),
    BATCHER_TWIN(8085),
    MONOLITH(8090),
    POSTGRES_A(15432),
    POSTGRES_B(15433),
    REDIS(16379),
    REDIS_WIRE(16380),
    KAFKA(19092),
    KAFKA_CONTROLLER(19093),
    CASSANDRA(19042),
    CASSANDRA_STORAGE(17000);

    private static final int HIGHEST = 65535;

    private final int standard;

    StackPort(int standard) {
        this.standard = standard;
    }

    String variable() {
        return "SPILLWAY_PORT_" + name();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All ports as the environment wants them, each a different one. */
    static Map<StackPort, Integer> from(Map<String, String> environment) {
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        Map<Integer, StackPort> taken = new HashMap<>();
        for (StackPort port : values()) {
            String wanted = environment.getOrDefault(port.variable(), Integer.toString(port.standard));
            int number = number(port, wanted);
            StackPort other = taken.put(number, port);
            if (other != null) {
                throw new StackFailure("port " + number + " is wanted for both " + other.label() + " and "
                        + port.label() + ": set " + port.variable());
            }
            ports.put(port, number);
        }
        return ports;
    }

    private static int number(StackPort port, String wanted) {
        if (wanted.matches("[1-9][0-9]{0,4}") && Integer.parseInt(wanted) <= HIGHEST) {
            return Integer.parseInt(wanted);
        }
        throw new StackFailure(port.variable() + "=" + wanted + " is not a port between 1 and " + HIGHEST);
    }
}
