package spillway.chaos.reshard;

import java.util.Map;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Door.NoReply;
import spillway.chaos.site.Door.NotSent;
import spillway.chaos.site.Door.Reply;
import spillway.chaos.site.Door.Request;
import tools.jackson.databind.json.JsonMapper;

/** Turns writes into requests to the gateway, and replies into answers. Thread-safe. */
final class Sending {

    private static final String UNKNOWN_TYPE = "urn:spillway:problem:outcome-unknown";
    private static final String IN_FLIGHT_TYPE = "urn:spillway:problem:idempotency-in-flight";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String BUSY = "Too many requests are under way";

    private final Door door;
    private final String run;

    /** @param run tells this run's keys from those of others */
    Sending(Door door, String run) {
        this.door = door;
        this.run = run;
    }

    Answer send(Write write) {
        return switch (write) {
            case Write.Publish publish ->
                send(
                        new Request("POST", "/v1/posts", body(publish.text()), run + "-" + publish.text(), ""),
                        publish.author());
            case Write.Edit edit ->
                send(
                        new Request("PATCH", path(edit.post()), body(edit.text()), "", version(edit.post())),
                        edit.post().author());
            case Write.Delete delete ->
                send(
                        new Request("DELETE", path(delete.post()), "", "", version(delete.post())),
                        delete.post().author());
            case Write.Say say ->
                send(
                        new Request(
                                "POST", path(say.post()) + "/comments", body(say.text()), run + "-" + say.text(), ""),
                        say.author());
        };
    }

    private Answer send(Request request, long caller) {
        try {
            return answer(door.send(request, new Caller(caller, false)));
        } catch (NotSent e) {
            return new Answer.Refused("not sent", false);
        } catch (NoReply e) {
            return new Answer.Unknown("no reply");
        }
    }

    /** Only a problem that says so itself had no effect; what else went wrong in the system may have had one. */
    static Answer answer(Reply reply) {
        if (reply.isSuccess()) {
            return new Answer.Done(
                    Long.parseLong(reply.body().path("id").asString("0")),
                    reply.body().path("version").asLong(0));
        }
        String type = reply.body().path("type").asString("");
        String detail = reply.body().path("detail").asString("");
        String kind = reply.status() + " " + detail.replaceAll("\\d+", "N");
        boolean saysSo = !type.isEmpty() && !type.equals(UNKNOWN_TYPE);
        if (type.equals(IN_FLIGHT_TYPE) || !saysSo || (reply.status() >= 500 && reply.status() != 503)) {
            return new Answer.Unknown(kind);
        }
        boolean turnedAway = reply.status() == TOO_MANY_REQUESTS || detail.startsWith(BUSY);
        return new Answer.Refused(kind, turnedAway);
    }

    private static String body(long text) {
        return JsonMapper.shared().writeValueAsString(Map.of("content", Text.of(text)));
    }

    private static String path(Account post) {
        return "/v1/posts/" + post.id();
    }

    private static String version(Account post) {
        return "\"" + post.standing().version() + "\"";
    }
}
