package spillway.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import spillway.gateway.access.SecureHeaders;
import spillway.gateway.admission.RepeatedViews;
import spillway.gateway.ledger.Books;
import spillway.gateway.ledger.TrafficClass;
import spillway.gateway.quota.UserQuotas;
import spillway.gateway.route.BodyLimits;
import spillway.gateway.route.Bulkhead;
import spillway.gateway.route.Callees;
import spillway.gateway.shed.ShedLedger;
import spillway.platform.security.DevTokens;
import tools.jackson.databind.json.JsonMapper;

/** Wires edge batching and the fast path. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    /** Only development tokens can be signed here: where an identity provider issues tokens, one of them is configured. */
    @Bean
    IngestToken ingestToken(EdgeRules rules, ObjectProvider<DevTokens> devTokens) {
        if (rules.tokenFile() != null) {
            return new TokenFile(rules.tokenFile(), InstantSource.system());
        }
        DevTokens own = devTokens.getIfAvailable();
        return own == null ? Optional::empty : new SignedToken(own, InstantSource.system());
    }

    @Bean
    EdgeSwitch edgeSwitch(EdgeRules rules, IngestToken token) {
        return new EdgeSwitch(rules.enabled(), token);
    }

    @Bean
    Batches<EdgeLike, Reply> likeBatches(EdgeRules rules, Ingest ingest, MeterRegistry meters) {
        return batches(TrafficClass.LIKE, rules.likes(), EdgeLike.BULK, ingest, meters);
    }

    /** Their own, so that no like waits behind views. */
    @Bean
    Batches<EdgeView, Reply> viewBatches(EdgeViewRules rules, Ingest ingest, MeterRegistry meters) {
        return batches(TrafficClass.VIEW, rules.limits(), EdgeView.BULK, ingest, meters);
    }

    /** On the client that carries all other requests, with its bounds and timeouts. */
    @Bean
    Ingest ingest(HttpClient http, HttpClientProperties client, Callees callees, IngestToken token, JsonMapper json) {
        return new Ingest(http, callees.of(Bulkhead.METRICS), client.getResponseTimeout(), token, json);
    }

    @Bean
    EdgeAnswers edgeAnswers(SecureHeaders secureHeaders, JsonMapper json, ShedLedger shed) {
        return new EdgeAnswers(secureHeaders, json, shed);
    }

    @Bean
    Reception reception(ReactiveJwtDecoder tokens, Books books, UserQuotas quotas, EdgeAnswers answers) {
        return new Reception(tokens, books, quotas, answers);
    }

    @Bean
    WritesInBatches writesInBatches(
            EdgeSwitch edge,
            Reception reception,
            Batches<EdgeLike, Reply> likes,
            Batches<EdgeView, Reply> views,
            RepeatedViews repeated,
            EdgeAnswers answers,
            FastPath others) {
        List<BatchedWrite<?>> writes = List.of(
                new BatchedWrite<>(
                        TrafficClass.LIKE,
                        HttpMethod.PUT,
                        "/like",
                        (post, user, weight) -> EdgeLike.like(post, user),
                        likes),
                new BatchedWrite<>(
                        TrafficClass.LIKE,
                        HttpMethod.DELETE,
                        "/like",
                        (post, user, weight) -> EdgeLike.unlike(post, user),
                        likes),
                new BatchedWrite<>(TrafficClass.VIEW, HttpMethod.POST, "/views", EdgeView::of, views));
        return new WritesInBatches(edge, reception, writes, repeated, answers, others);
    }

    @Bean
    FastPath fastPath(
            FastPathRules rules,
            Reception reception,
            EdgeAnswers answers,
            HttpClient http,
            HttpClientProperties client,
            Callees callees,
            Bulkhead bulkhead,
            BodyLimits limits,
            MeterRegistry meters,
            ObjectProvider<HttpHandler> webFlux) {
        // The server is made before what it serves.
        Supplier<ReactorHttpHandlerAdapter> others =
                SingletonSupplier.of(() -> new ReactorHttpHandlerAdapter(webFlux.getObject()));
        return new FastPath(
                rules.enabled(),
                reception,
                answers,
                http,
                callees,
                bulkhead,
                client.getResponseTimeout(),
                limits.single().toBytes(),
                (request, response, passage) -> others.get().apply(request, response),
                meters);
    }

    @Bean
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    FastPathEndpoint fastPathEndpoint(FastPath fast) {
        return new FastPathEndpoint(fast);
    }

    /** Where operators' endpoints share the public port, everybody could switch: there is no switch then. */
    @Bean
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    EdgeBatchingEndpoint edgeBatchingEndpoint(EdgeSwitch edge) {
        return new EdgeBatchingEndpoint(edge);
    }

    private static <W> Batches<W, Reply> batches(
            TrafficClass traffic, BatchLimits limits, Bulk<W> bulk, Ingest ingest, MeterRegistry meters) {
        return new Batches<>(
                traffic,
                limits,
                (batch, deadline) -> ingest.send(bulk, batch, deadline),
                System::nanoTime,
                EdgeConfiguration::later,
                meters);
    }

    private static void later(Duration delay, Runnable task) {
        Schedulers.parallel().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
