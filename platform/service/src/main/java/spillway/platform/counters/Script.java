package spillway.platform.counters;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A Lua script, called by its name. Its text is sent only to a Redis that has not seen it yet: one that was restarted, or a
 * replica that took over.
 *
 * @param source what Redis runs
 * @param sha1 how Redis names it
 */
public record Script(String source, String sha1) {

    public static Script of(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new Script(source, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** A script among the resources of a class. */
    public static Script resource(Class<?> owner, String name) {
        try (InputStream resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Runs it once; a call whose script was missing did nothing, so it is made again. */
    public <T> CompletionStage<T> call(
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            ScriptOutputType answer,
            byte[][] keys,
            byte[]... arguments) {
        return orWithText(
                commands.<T>evalsha(sha1, answer, keys, arguments),
                () -> commands.<T>eval(source, answer, keys, arguments));
    }

    /** The answer to a call by name, or to the call with the text, when the name was not known and nothing was done. */
    static <T> CompletionStage<T> orWithText(CompletionStage<T> byName, Supplier<CompletionStage<T>> withText) {
        return byName.exceptionallyCompose(
                failure -> isMissing(failure) ? withText.get() : CompletableFuture.failedStage(failure));
    }

    private static boolean isMissing(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
    }
}
