package spillway.gateway.docs;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI document out of the gateway's own and those of the services behind it: their public paths and all
 * components. Where two services name different things alike, the later one's gets its service's name in front, and its
 * references follow. What services say of servers and of security is dropped: callers see the gateway alone.
 */
final class ApiDescription {

    private static final String PUBLIC_PATHS = "/v1/";
    private static final String REFERENCE = "$ref";

    private final JsonMapper json;
    private final ObjectNode merged;

    /** @param own the gateway's document: title, servers, security and its own paths */
    ApiDescription(JsonMapper json, ObjectNode own) {
        this.json = json;
        this.merged = own.deepCopy();
    }

    /** Takes in one service's document, which stays as it is. */
    void add(String service, ObjectNode document) {
        ObjectNode renamed = renamed(service, document);
        for (Map.Entry<String, JsonNode> kind : renamed.path("components").properties()) {
            if (!kind.getKey().equals("securitySchemes")) {
                merged.withObjectProperty("components")
                        .withObjectProperty(kind.getKey())
                        .setAll((ObjectNode) kind.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> path : renamed.path("paths").properties()) {
            if (path.getKey().startsWith(PUBLIC_PATHS)) {
                path.getValue().forEach(operation -> {
                    if (operation instanceof ObjectNode object) {
                        object.remove(Set.of("security", "servers"));
                    }
                });
                merged.withObjectProperty("paths").set(path.getKey(), path.getValue());
            }
        }
        ArrayNode tags = merged.withArrayProperty("tags");
        renamed.path("tags").forEach(tags::add);
    }

    /**
     * Adds a response to every operation of the API that does not describe one with its status.
     *
     * @param response the name of one of our responses
     */
    void respond(int status, String response) {
        for (Map.Entry<String, JsonNode> path : merged.path("paths").properties()) {
            if (path.getKey().startsWith(PUBLIC_PATHS)) {
                path.getValue().forEach(operation -> {
                    if (operation.path("responses") instanceof ObjectNode responses
                            && !responses.has(Integer.toString(status))) {
                        responses
                                .withObjectProperty(Integer.toString(status))
                                .put(REFERENCE, "#/components/responses/" + response);
                    }
                });
            }
        }
    }

    /**
     * Adds what operations and schemas have only behind the gateway: objects get more properties, arrays more elements.
     * What no service describes gets nothing.
     *
     * @param additions each a {@code target}, as a JSON pointer, and its {@code update}
     */
    void extend(ArrayNode additions) {
        for (JsonNode addition : additions) {
            if (merged.at(addition.path("target").stringValue()) instanceof ObjectNode target) {
                grow(target, (ObjectNode) addition.path("update"));
            }
        }
    }

    private static void grow(ObjectNode target, ObjectNode update) {
        for (Map.Entry<String, JsonNode> more : update.properties()) {
            switch (more.getValue()) {
                case ObjectNode object -> grow(target.withObjectProperty(more.getKey()), object);
                case ArrayNode array -> target.withArrayProperty(more.getKey()).addAll(array);
                default -> target.set(more.getKey(), more.getValue());
            }
        }
    }

    /** Says that a service could not be asked: its paths are missing, not gone. */
    void missing(String service) {
        merged.withArrayProperty("x-missing-services").add(service);
    }

    String toJson() {
        return json.writeValueAsString(merged);
    }

    /** A copy of the document in which components that clash with ours have other names. */
    private ObjectNode renamed(String service, ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
            for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
                JsonNode ours = merged.path("components").path(kind.getKey()).path(component.getKey());
                if (!ours.isMissingNode() && !ours.equals(component.getValue())) {
                    String name = service + "-" + component.getKey();
                    ObjectNode components = (ObjectNode) copy.path("components").path(kind.getKey());
                    components.set(name, components.remove(component.getKey()));
                    String prefix = "#/components/" + kind.getKey() + "/";
                    redirect(copy, prefix + component.getKey(), prefix + name);
                }
            }
        }
        return copy;
    }

    private static void redirect(JsonNode node, String from, String to) {
        if (node instanceof ObjectNode object
                && from.equals(object.path(REFERENCE).asString(""))) {
            object.put(REFERENCE, to);
        }
        node.forEach(child -> redirect(child, from, to));
    }
}
