package spillway.gateway.access;

import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The headers that tell browsers to be careful, on every answer: those that Spring Security sets by default, written in one
 * go, and our content policy. What an answer has set itself stays. Thread-safe.
 */
@Component
public final class SecureHeaders implements ServerHttpHeadersWriter {

    /** Swagger UI styles elements in place and inlines its icons; nothing is ever loaded from elsewhere. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /** Together or not at all: an answer that names one of them has a mind of its own. */
    private static final Map<String, List<String>> UNCACHED = Map.of(
            HttpHeaders.CACHE_CONTROL, List.of("no-cache, no-store, max-age=0, must-revalidate"),
            HttpHeaders.PRAGMA, List.of("no-cache"),
            HttpHeaders.EXPIRES, List.of("0"));

    private static final Map<String, List<String>> CAREFUL = Map.of(
            "X-Content-Type-Options", List.of("nosniff"),
            "X-Frame-Options", List.of("DENY"),
            "X-XSS-Protection", List.of("0"),
            "Referrer-Policy", List.of("no-referrer"),
            "Content-Security-Policy", List.of(CONTENT_POLICY));

    /** As bytes, which are copied into an answer: a string is written letter by letter, for every answer again. */
    private static final Map<AsciiString, AsciiString> CAREFUL_BYTES = bytes(CAREFUL);

    private static final Map<AsciiString, AsciiString> UNCACHED_BYTES = bytes(UNCACHED);
    private static final AsciiString STRICT_TRANSPORT_NAME =
            AsciiString.cached(StrictTransportSecurityServerHttpHeadersWriter.STRICT_TRANSPORT_SECURITY);
    /** Spring Security's default. */
    private static final AsciiString STRICT_TRANSPORT = AsciiString.cached("max-age=31536000 ; includeSubDomains");

    private final ServerHttpHeadersWriter strictTransport = new StrictTransportSecurityServerHttpHeadersWriter();

    public SecureHeaders() {}

    /**
     * The same below Spring.
     *
     * @param headers of an answer that is complete but for these
     * @param secure whether the caller came by TLS
     */
    public void write(io.netty.handler.codec.http.HttpHeaders headers, int status, boolean secure) {
        CAREFUL_BYTES.forEach((name, value) -> putIfAbsent(headers, name, value));
        if (status != HttpStatus.NOT_MODIFIED.value()
                && UNCACHED_BYTES.keySet().stream().noneMatch(headers::contains)) {
            UNCACHED_BYTES.forEach(headers::set);
        }
        if (secure) {
            putIfAbsent(headers, STRICT_TRANSPORT_NAME, STRICT_TRANSPORT);
        }
    }

    private static void putIfAbsent(
            io.netty.handler.codec.http.HttpHeaders headers, AsciiString name, AsciiString value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private static Map<AsciiString, AsciiString> bytes(Map<String, List<String>> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        field -> AsciiString.cached(field.getKey()),
                        field -> AsciiString.cached(field.getValue().getFirst())));
    }

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        CAREFUL.forEach(headers::putIfAbsent);
        if (exchange.getResponse().getStatusCode() != HttpStatus.NOT_MODIFIED
                && UNCACHED.keySet().stream().noneMatch(headers::containsHeader)) {
            UNCACHED.forEach(headers::put);
        }
        return strictTransport.writeHttpHeaders(exchange);
    }
}
