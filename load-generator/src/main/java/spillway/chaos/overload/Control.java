package spillway.chaos.overload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import spillway.chaos.site.Site;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of the stack, and the one thing they switch. Thread-safe. */
final class Control implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int OK = 200;

    private final Site site;
    private final int management;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @param management the gateway's port for it */
    Control(Site site, int management) {
        this.site = site;
        this.management = management;
    }

    /** The meters of a part; the gateway's are on a port of their own. */
    Scrape meters(String part) throws IOException {
        String url = part.equals("gateway") ? gateway() : site.url(part);
        return Scrape.parse(send(HttpRequest.newBuilder(URI.create(url + "/actuator/prometheus"))));
    }

    JsonNode pressure() throws IOException {
        return json(send(HttpRequest.newBuilder(URI.create(site.url("metrics") + "/pressure"))));
    }

    JsonNode admission() throws IOException {
        return json(send(HttpRequest.newBuilder(URI.create(gateway() + "/actuator/admission"))));
    }

    void admission(boolean enabled) throws IOException {
        send(HttpRequest.newBuilder(URI.create(gateway() + "/actuator/admission"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"enabled\":" + enabled + "}")));
    }

    private String gateway() {
        return "http://" + Site.HOST + ":" + management;
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IOException(response.uri() + " answers " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(String body) throws IOException {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IOException("no JSON: " + body, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
