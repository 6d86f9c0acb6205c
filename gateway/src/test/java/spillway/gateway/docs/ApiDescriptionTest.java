package spillway.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ApiDescriptionTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ApiDescription description = new ApiDescription(JSON, read("""
                    {"servers":[{"url":"/"}],"paths":{"/dev/token":{}},
                     "components":{"schemas":{"Problem":{"type":"object"}},"securitySchemes":{"bearer":{}}}}"""));

    @Test
    void pathsAndComponents_areUnited_andInternalPathsLeftOut() {
        description.add("content", read("""
                        {"servers":[{"url":"http://10.0.0.7:8081"}],
                         "paths":{"/v1/posts":{"post":{"servers":[],"security":[]}},"/actuator/health":{}},
                         "components":{"schemas":{"Post":{}},"securitySchemes":{"other":{}}}}"""));

        JsonNode merged = merged();
        assertThat(merged.path("paths").propertyNames()).containsExactlyInAnyOrder("/dev/token", "/v1/posts");
        assertThat(merged.path("paths").path("/v1/posts").path("post").propertyNames())
                .isEmpty();
        assertThat(merged.path("components").path("schemas").propertyNames())
                .containsExactlyInAnyOrder("Problem", "Post");
        assertThat(merged.path("components").path("securitySchemes").propertyNames())
                .containsExactly("bearer");
        assertThat(merged.path("servers").path(0).path("url").stringValue()).isEqualTo("/");
    }

    @Test
    void aResponseOfTheGateway_isOfEveryOperation_thatDoesNotDescribeItsOwn() {
        description.add("content", read("""
                        {"paths":{"/v1/posts":{"get":{"responses":{"200":{}}},
                                               "post":{"responses":{"429":{"description":"its own"}}}}}}"""));

        description.respond(429, "OverQuota");

        assertThat(merged().at("/paths/~1v1~1posts/get/responses/429/$ref").stringValue())
                .isEqualTo("#/components/responses/OverQuota");
        assertThat(merged().at("/paths/~1v1~1posts/post/responses/429/description")
                        .stringValue())
                .isEqualTo("its own");
        assertThat(merged().at("/paths/~1v1~1posts/post/responses/429/$ref").isMissingNode())
                .isTrue();
    }

    @Test
    void sameNameForAnotherThing_isRenamedWithItsReferences() {
        description.add("metrics", read("""
                        {"paths":{"/v1/likes":{"post":{"schema":{"$ref":"#/components/schemas/Problem"}}}},
                         "components":{"schemas":{"Problem":{"type":"string"}}}}"""));

        assertThat(merged().path("components")
                        .path("schemas")
                        .path("Problem")
                        .path("type")
                        .stringValue())
                .isEqualTo("object");
        assertThat(merged().path("components")
                        .path("schemas")
                        .path("metrics-Problem")
                        .path("type")
                        .stringValue())
                .isEqualTo("string");
        assertThat(merged().at("/paths/~1v1~1likes/post/schema/$ref").stringValue())
                .isEqualTo("#/components/schemas/metrics-Problem");
    }

    @Test
    void sameNameForTheSameThing_staysOne() {
        description.add("metrics", read("{\"components\":{\"schemas\":{\"Problem\":{\"type\":\"object\"}}}}"));

        assertThat(merged().path("components").path("schemas").propertyNames()).containsExactly("Problem");
    }

    @Test
    void additions_growWhatServicesDescribe_andNothingElse() {
        description.add("content", read("""
                        {"paths":{"/v1/posts":{"get":{"parameters":[{"name":"limit"}]}}},
                         "components":{"schemas":{"Post":{"properties":{"id":{}}}}}}"""));

        description.extend((ArrayNode) JSON.readTree("""
                        [{"target":"/paths/~1v1~1posts/get","update":{"parameters":[{"name":"expand"}],"summary":"more"}},
                         {"target":"/paths/~1v1~1gone/get","update":{"parameters":[{"name":"expand"}]}},
                         {"target":"/components/schemas/Post","update":{"properties":{"metrics":{"type":"object"}}}}]"""));

        assertThat(merged().at("/paths/~1v1~1posts/get/parameters")
                        .valueStream()
                        .map(p -> p.path("name").stringValue()))
                .containsExactly("limit", "expand");
        assertThat(merged().at("/paths/~1v1~1posts/get/summary").stringValue()).isEqualTo("more");
        assertThat(merged().path("paths").has("/v1/gone")).isFalse();
        assertThat(merged().at("/components/schemas/Post/properties").propertyNames())
                .containsExactly("id", "metrics");
    }

    @Test
    void missingService_isNamed() {
        description.missing("analytics");

        assertThat(merged().path("x-missing-services").path(0).stringValue()).isEqualTo("analytics");
    }

    private JsonNode merged() {
        return JSON.readTree(description.toJson());
    }

    private static ObjectNode read(String json) {
        return (ObjectNode) JSON.readTree(json);
    }
}
