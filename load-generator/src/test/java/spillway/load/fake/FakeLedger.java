package spillway.load.fake;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a gateway's shed ledger would say of the writes that were shed. Thread-safe. */
final class FakeLedger {

    static final String PATH = "/actuator/shed";

    private final Map<String, LongAdder> shed = new ConcurrentSkipListMap<>();

    void shed(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        String traffic = switch (last) {
            case "like", "likes" -> "like";
            case "views" -> "view";
            case "comments" -> "comment";
            default -> "post";
        };
        shed.computeIfAbsent(traffic, first -> new LongAdder()).increment();
    }

    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode total = root.putArray("total");
        ArrayNode answered = root.putArray("answered");
        shed.forEach((traffic, count) -> {
            total.addObject()
                    .put("traffic", traffic)
                    .put("reason", "level")
                    .put("count", count.sum())
                    .put("weight", count.sum());
            answered.addObject().put("traffic", traffic).put("count", count.sum());
        });
        return root.toString();
    }
}
