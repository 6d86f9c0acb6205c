package spillway.platform.counters;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands that leave together: one write to the connection for all of them, where each command on its own would be one system
 * call. On a Redis Cluster it is one per slot, still without waiting in between. Used once; not thread-safe, but its answers
 * come on the connection's thread.
 */
public final class Pipeline {

    private static final RedisCodec<byte[], byte[]> CODEC = ByteArrayCodec.INSTANCE;

    private final RedisClusterAsyncCommands<byte[], byte[]> alone;
    private final StatefulConnection<byte[], byte[]> connection;
    private final List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();

    Pipeline(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        if (!(commands instanceof AbstractRedisAsyncCommands<byte[], byte[]> connected)) {
            throw new IllegalStateException("commands without a connection: " + commands.getClass());
        }
        this.alone = commands;
        this.connection = connected.getConnection();
    }

    /** The values of a hash's fields in their order, null for those that are not there. */
    public CompletableFuture<List<byte @Nullable []>> hmget(byte[] key, byte[]... fields) {
        return add(
                CommandType.HMGET,
                new ValueListOutput<>(CODEC),
                new CommandArgs<>(CODEC).addKey(key).addValues(fields));
    }

    /** A string, null when it is not there. */
    public CompletableFuture<byte @Nullable []> get(byte[] key) {
        return add(CommandType.GET, new ValueOutput<>(CODEC), new CommandArgs<>(CODEC).addKey(key))
                .<byte @Nullable []>thenApply(value -> value);
    }

    /** Writes a string. */
    public CompletableFuture<?> set(byte[] key, byte[] value) {
        return add(
                CommandType.SET,
                new StatusOutput<>(CODEC),
                new CommandArgs<>(CODEC).addKey(key).addValue(value));
    }

    /** Writes a string where there is none. */
    public CompletableFuture<?> setIfAbsent(byte[] key, byte[] value) {
        return add(
                CommandType.SET,
                new StatusOutput<>(CODEC),
                new CommandArgs<>(CODEC).addKey(key).addValue(value).add(CommandKeyword.NX));
    }

    /** Whether a set has the member. */
    public CompletableFuture<Boolean> sismember(byte[] key, byte[] member) {
        return add(
                CommandType.SISMEMBER,
                new BooleanOutput<>(CODEC),
                new CommandArgs<>(CODEC).addKey(key).addValue(member));
    }

    public CompletableFuture<Long> pfcount(byte[] key) {
        return add(CommandType.PFCOUNT, new IntegerOutput<>(CODEC), new CommandArgs<>(CODEC).addKey(key));
    }

    /**
     * Runs a script once, by its name; a call whose script was missing did nothing, so it is made again, then alone.
     *
     * @param answer makes what reads the answer
     * @param after what is sent, given the script's name or text that goes before it
     */
    public <T> CompletionStage<T> script(
            Script script,
            Supplier<CommandOutput<byte[], byte[], T>> answer,
            Function<String, CommandArgs<byte[], byte[]>> after) {
        return Script.orWithText(
                add(CommandType.EVALSHA, answer.get(), after.apply(script.sha1())),
                () -> alone.dispatch(CommandType.EVAL, answer.get(), after.apply(script.source())));
    }

    private <T> CompletableFuture<T> add(
            CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> arguments) {
        AsyncCommand<byte[], byte[], T> command = new AsyncCommand<>(new Command<>(type, output, arguments));
        commands.add(command);
        return command;
    }

    /** Sends what was asked for; without it nothing is ever answered. */
    public void send() {
        if (commands.isEmpty()) {
            return;
        }
        List<AsyncCommand<byte[], byte[], ?>> all = List.copyOf(commands);
        if (connection instanceof StatefulRedisClusterConnection
                && Thread.currentThread() instanceof FastThreadLocalThread) {
            // It waits for the connection to a node that was not asked before, which the waiting event loop may have to
            // open.
            Thread.startVirtualThread(() -> dispatch(all));
        } else {
            connection.dispatch(all);
        }
    }

    private void dispatch(List<AsyncCommand<byte[], byte[], ?>> all) {
        try {
            connection.dispatch(all);
        } catch (RedisException notSent) {
            all.forEach(command -> command.completeExceptionally(notSent));
        }
    }
}
