package spillway.stack.launch;

import java.util.List;
import java.util.Map;

/** What to do next with a running stack. */
final class Urls {

    private Urls() {}

    static String gateway(Map<StackPort, Integer> ports) {
        return "http://127.0.0.1:" + ports.get(StackPort.GATEWAY);
    }

    /** Where the batcher tells how many likes each write of a count stood for. */
    static String counterMeters(Map<StackPort, Integer> ports) {
        return "http://127.0.0.1:" + ports.get(StackPort.BATCHER) + "/actuator/prometheus";
    }

    /** Where the gateway tells what it shed. */
    static String shedLedger(Map<StackPort, Integer> ports) {
        return "http://127.0.0.1:" + ports.get(StackPort.GATEWAY_MANAGEMENT) + "/actuator/shed";
    }

    static List<String> of(String gateway) {
        return List.of(
                "  API          " + gateway + "/v1",
                "  Swagger UI   " + gateway + "/swagger-ui.html",
                "  A like by hand:",
                "    TOKEN=$(curl -s " + gateway + "/dev/token -H 'Content-Type: application/json' \\",
                "      -d '{\"userId\":\"42\"}' | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')",
                "    curl -i -X PUT " + gateway + "/v1/posts/POST_ID/like \\",
                "      -H \"Authorization: Bearer $TOKEN\"");
    }
}
