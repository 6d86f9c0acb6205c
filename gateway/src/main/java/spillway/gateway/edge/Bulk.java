package spillway.gateway.edge;

import java.util.List;
import java.util.function.Function;

/**
 * How post-metrics-service takes many writes of one kind at once.
 *
 * @param path of the request
 * @param body of the request, to be written as JSON
 * @param result what it answers with 202
 * @param <W> a write
 */
record Bulk<W>(String path, Function<List<W>, Object> body, Class<? extends BulkResult> result) {}
