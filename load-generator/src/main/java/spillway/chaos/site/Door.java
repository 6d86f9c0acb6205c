package spillway.chaos.site;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's door, with the tokens it asks for: each start of the gateway makes new keys, and all tokens anew. Thread-safe. */
public final class Door implements AutoCloseable {

    /** Longer than the gateway and the services behind it take to give up. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int UNAUTHENTICATED = 401;

    private final String url;
    private final Map<Caller, String> tokens = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** @param ingest whether it may speak for others */
    public record Caller(long user, boolean ingest) {}

    /**
     * What is asked for.
     *
     * @param body JSON, empty for none
     * @param key the Idempotency-Key, empty for none
     * @param ifMatch the header If-Match, empty for none
     */
    public record Request(String method, String path, String body, String key, String ifMatch) {

        public static Request of(String method, String path) {
            return new Request(method, path, "", "", "");
        }

        public static Request post(String path, String body) {
            return new Request("POST", path, body, "", "");
        }
    }

    /** An answer, with what there is in it. */
    public record Reply(int status, JsonNode body) {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** No answer came, and whether the request had an effect is not known. */
    public static final class NoReply extends IOException {

        private static final long serialVersionUID = 1L;

        NoReply(Throwable cause) {
            super(cause);
        }
    }

    /** The request was not sent, so it had no effect. */
    public static final class NotSent extends IOException {

        private static final long serialVersionUID = 1L;

        NotSent(Throwable cause) {
            super(cause);
        }

        NotSent(String message) {
            super(message);
        }
    }

    public Door(String url) {
        this.url = url;
    }

    /**
     * Sends a request as the caller.
     *
     * @throws NotSent when it certainly had no effect
     * @throws NoReply when that is not known
     */
    public Reply send(Request request, Caller caller) throws NotSent, NoReply {
        String token = token(caller);
        Reply reply = exchange(request, token);
        if (reply.status() == UNAUTHENTICATED) {
            tokens.remove(caller, token);
            throw new NotSent("the token is of an earlier gateway");
        }
        return reply;
    }

    /** Fetches the caller's token ahead of the first request. */
    public void admit(Caller caller) throws NotSent {
        token(caller);
    }

    private String token(Caller caller) throws NotSent {
        String known = tokens.get(caller);
        if (known != null) {
            return known;
        }
        try {
            String body =
                    "{\"userId\":\"%d\",\"scopes\":[%s]}".formatted(caller.user(), caller.ingest() ? "\"ingest\"" : "");
            Reply reply = exchange(Request.post("/dev/token", body), "");
            String token = reply.body().path("token").asString("");
            if (!reply.isSuccess() || token.isEmpty()) {
                throw new NotSent("no token: " + reply.status());
            }
            tokens.put(caller, token);
            return token;
        } catch (NoReply e) {
            throw new NotSent(e);
        }
    }

    private Reply exchange(Request request, String token) throws NotSent, NoReply {
        HttpRequest.Builder built = HttpRequest.newBuilder(URI.create(url + request.path()))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        if (!request.body().isEmpty()) {
            built.header("Content-Type", "application/json");
        }
        if (!request.key().isEmpty()) {
            built.header("Idempotency-Key", request.key());
        }
        if (!request.ifMatch().isEmpty()) {
            built.header("If-Match", request.ifMatch());
        }
        if (!token.isEmpty()) {
            built.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response = http.send(built.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json(response.body()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new NotSent(e);
        } catch (IOException e) {
            throw new NoReply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoReply(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            return JsonMapper.shared().missingNode();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
