package spillway.lab.reshard;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a reshard is to come to; what is possible decides the service. */
public sealed interface Wish {

    /** Whether it gives way when writers become slower. */
    boolean throttle();

    /**
     * So many shards.
     *
     * @param plan even or hot
     */
    record Grow(int to, String plan, boolean throttle) implements Wish {}

    /** Half of one shard's load on another that has nothing. */
    record Split(int shard, int onto, boolean throttle) implements Wish {}

    default String json() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        switch (this) {
            case Grow grow -> body.put("to", grow.to()).put("plan", grow.plan());
            case Split split -> body.put("split", split.shard()).put("onto", split.onto());
        }
        if (!throttle()) {
            body.put("throttle", false);
        }
        return body.toString();
    }
}
