package spillway.gateway.route;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Which service answers which path. The patterns are exact and do not overlap, so their order says nothing; whether a
 * path has a method is the service's own answer.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

    private static final String[] CONTENT = {
        "/v1/posts", "/v1/posts/{post}", "/v1/posts/{post}/comments", "/v1/users/{user}/posts"
    };

    private static final String[] METRICS = {
        "/v1/posts/{post}/like",
        "/v1/posts/{post}/shares",
        "/v1/posts/{post}/views",
        "/v1/posts/{post}/metrics",
        "/v1/likes",
        "/v1/views",
        "/v1/metrics",
        "/v1/writes/{receipt}"
    };

    private static final String[] ANALYTICS = {"/v1/analytics/posts/{post}/series"};

    /** A route leads to its service's first instance until {@link ToAnInstance} has chosen. */
    @Bean
    RouteLocator serviceRoutes(RouteLocatorBuilder routes, Services services) {
        return routes.routes()
                .route(
                        Bulkhead.METRICS,
                        route -> route.path(false, METRICS)
                                .uri(services.metricsUrl().getFirst()))
                .route(
                        Bulkhead.CONTENT,
                        route -> route.path(false, CONTENT)
                                .uri(services.contentUrl().getFirst()))
                .route(
                        Bulkhead.ANALYTICS,
                        route -> route.path(false, ANALYTICS)
                                .uri(services.analyticsUrl().getFirst()))
                .build();
    }
}
