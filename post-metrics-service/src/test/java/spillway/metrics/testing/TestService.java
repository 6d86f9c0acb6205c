package spillway.metrics.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import spillway.metrics.MetricsApplication;
import spillway.platform.id.UserId;
import spillway.platform.security.DevTokens;
import spillway.platform.security.TokenRules;
import spillway.platform.testing.Servers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance of the service, and a client of it over real HTTP. */
public final class TestService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TokenRules RULES = new TokenRules(
            "http://127.0.0.1:1/.well-known/jwks.json", "spillway", "spillway", Duration.ofSeconds(30), 1_000);
    private static final DevTokens TOKENS = new DevTokens(RULES, Duration.ofHours(1), Clock.systemUTC());
    public static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** An instance that is ready, on the suite's servers and with a content service. */
    public static TestService start(Servers servers, FakeContent content) {
        TestService service =
                starting(servers, Map.of("spillway.content.base-url", content.url(), "spillway.receipts.key", KEY));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.send("GET", null, "/actuator/health/readiness", null)
                                .status()
                        == 200);
        return service;
    }

    /** @param properties besides those that name the servers, or instead of them */
    public static TestService starting(Servers servers, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "server.port", "0",
                "spring.kafka.bootstrap-servers", servers.kafka().bootstrapServers(),
                "spillway.topics.prefix", servers.kafka().topicPrefix(),
                "spring.data.redis.host", servers.redis().host(),
                "spring.data.redis.port", Integer.toString(servers.redis().port()),
                "spring.data.redis.password", servers.redis().password(),
                "spillway.redis.prefix", servers.redis().prefix()));
        all.putAll(properties);
        String[] arguments =
                all.entrySet().stream().map(property -> "--" + property).toArray(String[]::new);
        return new TestService(new SpringApplicationBuilder(MetricsApplication.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("jwtDecoder", decoder()))
                .run(arguments));
    }

    private static JwtDecoder decoder() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(TOKENS.publicKey())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(RULES.validator());
        return decoder;
    }

    public static String token(long user, String... scopes) {
        return TOKENS.issue(new DevTokens.Request(new UserId(user), Set.of(scopes)))
                .token();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What came back; {@code body} is null when there was none. */
    public record Answer(
            HttpResponse<String> response, @Nullable JsonNode body) {

        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            if (body == null) {
                throw new AssertionError("no body in the answer " + status());
            }
            return body;
        }

        public String text(String property) {
            return json().path(property).asString();
        }

        public long number(String... path) {
            JsonNode node = json();
            for (String step : path) {
                node = node.path(step);
            }
            return node.asLong();
        }
    }

    public Answer put(long user, String path) {
        return send("PUT", token(user), path, null);
    }

    public Answer get(long user, String path) {
        return send("GET", token(user), path, null);
    }

    public Answer post(long user, String path, String... headers) {
        return send("POST", token(user), path, null, headers);
    }

    public Answer delete(long user, String path) {
        return send("DELETE", token(user), path, null);
    }

    /**
     * Any request.
     *
     * @param token null for none
     * @param headers names and values in turn
     */
    public Answer send(String method, @Nullable String token, String path, @Nullable String body, String... headers) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            return new Answer(response, json ? JSON.readTree(response.body()) : null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
