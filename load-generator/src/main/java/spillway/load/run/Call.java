package spillway.load.run;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.TrafficClass;

/**
 * An HTTP request in this API's terms.
 *
 * @param trafficClass what the gateway books it as; null for what it does not book
 * @param path with its query, starting with a slash
 * @param authorization the field of that name, or null for none
 * @param idempotencyKey the same on every attempt at one intent, or null for none
 * @param body JSON text, or null for none
 */
record Call(
        @Nullable TrafficClass trafficClass,
        HttpMethod method,
        String path,
        @Nullable CharSequence authorization,
        @Nullable String idempotencyKey,
        @Nullable String body) {

    static Call get(String path, CharSequence authorization) {
        return new Call(TrafficClass.READS, HttpMethod.GET, path, authorization, null, null);
    }
}
