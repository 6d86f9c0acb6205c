package spillway.content.docs;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import spillway.content.idempotency.IdempotencyKey;
import spillway.platform.id.PostId;
import spillway.platform.id.UserId;
import spillway.platform.problem.ProblemType;
import spillway.platform.security.Caller;

@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";

    /** Every operation may answer with these. */
    private static final Set<ProblemType> EVERYWHERE =
            EnumSet.of(ProblemType.INVALID_REQUEST, ProblemType.UNAUTHENTICATED, ProblemType.UNAVAILABLE);

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class)
                .replaceWithSchema(PostId.class, id("369435906932736000"))
                .replaceWithSchema(UserId.class, id("42"))
                .replaceWithSchema(
                        IdempotencyKey.class, new StringSchema().minLength(1).maxLength(255));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Spillway: posts and comments")
                        .version("v1")
                        .description(
                                "Ids are decimal strings of up to 63 bits, times ISO-8601 in UTC, lists newest first."))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"))
                        .addSchemas(PROBLEM, problem()));
    }

    @Bean
    OperationCustomizer refusals() {
        return (operation, handler) -> {
            EVERYWHERE.forEach(type -> addRefusal(operation, type));
            refusalsOf(handler).forEach(type -> addRefusal(operation, type));
            return operation;
        };
    }

    private static List<ProblemType> refusalsOf(HandlerMethod handler) {
        Refuses refuses = handler.getMethodAnnotation(Refuses.class);
        return refuses == null ? List.of() : List.of(refuses.value());
    }

    private static void addRefusal(Operation operation, ProblemType type) {
        String status = Integer.toString(type.status().value());
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(type.with("").getTitle())
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>().$ref(PROBLEM))
                                                        .example(type.with("What is wrong with this request.")))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457 problem; validation failures carry errors of field and message.")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri"));
    }

    private static Schema<?> id(String example) {
        return new StringSchema().pattern("[1-9][0-9]{0,18}").example(example);
    }
}
