package spillway.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Door.NoReply;
import spillway.chaos.site.Door.NotSent;
import spillway.chaos.site.Door.Reply;
import spillway.chaos.site.Door.Request;
import spillway.load.oracle.Outcome;
import tools.jackson.databind.JsonNode;

/** Turns intents into requests and answers into outcomes, through the bulk door or one by one. Thread-safe. */
final class Sending {

    private static final String UNKNOWN_TYPE = "urn:spillway:problem:outcome-unknown";

    private final Door door;
    private final Crowd crowd;
    private final List<String> postIds;
    private final Caller edge;

    /** @param postIds by the posts' numbers */
    Sending(Door door, Crowd crowd, List<String> postIds) {
        this.door = door;
        this.crowd = crowd;
        this.postIds = List.copyOf(postIds);
        this.edge = new Caller(crowd.userId(0), true);
    }

    /** How each of the intents ended, in their order. */
    List<Outcome> sendAll(List<Intent> intents) {
        StringBuilder body = new StringBuilder(intents.size() * 80).append("{\"likes\":[");
        for (Intent intent : intents) {
            body.append(body.length() > 10 ? "," : "")
                    .append("{\"postId\":\"")
                    .append(postIds.get(crowd.post(intent.pair())))
                    .append("\",\"userId\":\"")
                    .append(crowd.userId(crowd.user(intent.pair())))
                    .append(intent.like() ? "\",\"op\":\"like\"}" : "\",\"op\":\"unlike\"}");
        }
        try {
            Reply reply = door.send(Request.post("/v1/likes", body.append("]}").toString()), edge);
            if (!reply.isSuccess()) {
                Outcome all = outcome(reply.status(), reply.body().path("type").asString(""));
                return intents.stream().map(intent -> all).toList();
            }
            Map<Integer, Outcome> refused = new HashMap<>();
            for (JsonNode refusal : reply.body().path("rejected")) {
                refused.put(
                        refusal.path("index").asInt(),
                        outcome(
                                refusal.path("status").asInt(),
                                refusal.path("type").asString("")));
            }
            return IntStream.range(0, intents.size())
                    .mapToObj(index -> refused.getOrDefault(index, Outcome.ACCEPTED))
                    .toList();
        } catch (NotSent e) {
            return intents.stream().map(intent -> Outcome.FAILED).toList();
        } catch (NoReply e) {
            return intents.stream().map(intent -> Outcome.UNKNOWN).toList();
        }
    }

    /** How an intent of somebody who speaks for themselves ended. */
    Outcome sendOne(Intent intent) {
        String path = "/v1/posts/" + postIds.get(crowd.post(intent.pair())) + "/like";
        Caller caller = new Caller(crowd.userId(crowd.user(intent.pair())), false);
        try {
            Reply reply = door.send(Request.of(intent.like() ? "PUT" : "DELETE", path), caller);
            return reply.isSuccess()
                    ? Outcome.ACCEPTED
                    : outcome(reply.status(), reply.body().path("type").asString(""));
        } catch (NotSent e) {
            return Outcome.FAILED;
        } catch (NoReply e) {
            return Outcome.UNKNOWN;
        }
    }

    /** Only a problem that says so itself had no effect; what else went wrong in the system may have had one. */
    static Outcome outcome(int status, String type) {
        boolean saysSo = !type.isEmpty() && !type.equals(UNKNOWN_TYPE);
        if (status == 429 || (status == 503 && saysSo)) {
            return Outcome.SHED;
        }
        return status < 500 ? Outcome.REJECTED : Outcome.UNKNOWN;
    }
}
