package spillway.load.run;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/**
 * One development token per user, fetched before the run so that fetching them is no part of what is measured. Immutable.
 */
public final class Tokens {

    private static final int ATTEMPTS = 3;

    private final Map<Long, CharSequence> tokens;

    private Tokens(Map<Long, CharSequence> tokens) {
        this.tokens = tokens;
    }

    /** Fetches one first, so that a target that gives none is told from one that is only slow with many. */
    static Tokens fetch(Api api, List<Long> users, IntConsumer begun) throws TargetUnreachable {
        try {
            fetch(api, users.getFirst(), 1)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            List<String> fetched = InParallel.all(users, user -> fetch(api, user, ATTEMPTS), begun);
            Map<Long, CharSequence> tokens = HashMap.newHashMap(users.size());
            for (int i = 0; i < fetched.size(); i++) {
                // Made into bytes once, and not for each request again.
                tokens.put(users.get(i), HttpHeaders.createOptimized("Bearer " + fetched.get(i)));
            }
            return new Tokens(tokens);
        } catch (CompletionException e) {
            throw new TargetUnreachable(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
        }
    }

    /** The field {@code Authorization} of a user's requests. */
    CharSequence of(long user) {
        return Objects.requireNonNull(tokens.get(user), "a user the plan did not name");
    }

    private static Future<String> fetch(Api api, long user, int attempts) {
        Call call = new Call(null, HttpMethod.POST, "/dev/token", null, null, "{\"userId\":\"" + user + "\"}");
        return api.send(call)
                .compose(answer -> {
                    String token = answer.json().path("token").asString("");
                    return answer.isSuccess() && !token.isEmpty()
                            ? Future.succeededFuture(token)
                            : Future.failedFuture("POST /dev/token gives no token, but status " + answer.status());
                })
                .recover(failure -> attempts > 1 ? fetch(api, user, attempts - 1) : Future.failedFuture(failure));
    }
}
