package spillway.metrics.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import spillway.metrics.testing.FakeContent;
import spillway.metrics.testing.TestService;
import spillway.platform.testing.RealServers;
import spillway.platform.testing.Server;
import spillway.platform.testing.Servers;
import tools.jackson.databind.JsonNode;

@RealServers({Server.REDIS, Server.KAFKA})
class DocsIT {

    /** Schemas are told apart by their simple names: two of the same name would be one, and one of them wrong. */
    @Test
    void requestsForManyWrites_eachHaveTheirOwnDescription(Servers servers) {
        JsonNode docs = description(servers);

        assertThat(body(docs, "/v1/likes").propertyNames()).containsExactly("likes");
        assertThat(item(docs, "/v1/likes", "likes").propertyNames()).contains("postId", "userId", "op", "seq");
        assertThat(result(docs, "/v1/likes").propertyNames()).contains("accepted", "rejected", "receipts");
        assertThat(body(docs, "/v1/views").propertyNames()).containsExactly("views");
        assertThat(item(docs, "/v1/views", "views").propertyNames()).containsExactly("postId", "userId", "weight");
        assertThat(result(docs, "/v1/views").propertyNames()).containsExactly("accepted", "rejected");
        assertThat(docs.path("paths").has("/pressure")).isFalse();
    }

    @Test
    void theCaller_isNoParameter(Servers servers) {
        assertThat(description(servers).findValuesAsString("name")).isNotEmpty().doesNotContain("caller");
    }

    private static JsonNode description(Servers servers) {
        try (FakeContent content = new FakeContent();
                TestService service = TestService.start(servers, content)) {
            return service.send("GET", null, "/v3/api-docs", null).json();
        }
    }

    private static JsonNode body(JsonNode docs, String path) {
        return schema(docs, docs.path("paths").path(path).path("post").path("requestBody"));
    }

    private static JsonNode result(JsonNode docs, String path) {
        return schema(
                docs,
                docs.path("paths").path(path).path("post").path("responses").path("202"));
    }

    private static JsonNode item(JsonNode docs, String path, String property) {
        return referred(docs, body(docs, path).path(property).path("items"));
    }

    private static JsonNode schema(JsonNode docs, JsonNode message) {
        return referred(docs, message.path("content").path("application/json").path("schema"));
    }

    /** The properties of what is referred to. */
    private static JsonNode referred(JsonNode docs, JsonNode reference) {
        String pointer = reference.path("$ref").asString().substring("#".length());
        return docs.at(pointer).path("properties");
    }
}
