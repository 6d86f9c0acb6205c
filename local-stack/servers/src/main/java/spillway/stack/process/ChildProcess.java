package spillway.stack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A running child process on its lifeline.
 *
 * <p>The child is run by a small shell script whose standard input is a pipe only this JVM holds. When the JVM ends, in
 * order or by {@code kill -9}, the kernel closes the pipe and the script ends the child: no orphan keeps a port.
 */
public final class ChildProcess implements AutoCloseable {

    private static final String LIFELINE = lifelineScript();
    private static final Duration KILL_MARGIN = Duration.ofSeconds(10);

    private final Command command;
    private final Process lifeline;
    private final long pid;

    private ChildProcess(Command command, Process lifeline, long pid) {
        this.command = command;
        this.lifeline = lifeline;
        this.pid = pid;
    }

    public static ChildProcess start(Command command) {
        List<String> line = new ArrayList<>(List.of("bash", "-c", LIFELINE, "lifeline"));
        line.add(command.log().toAbsolutePath().toString());
        line.add(command.signal().name());
        line.add(Long.toString(command.grace().toSeconds()));
        line.addAll(command.arguments());
        try {
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(command.folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(command.environment());
            Process lifeline = builder.start();
            BufferedReader output = lifeline.inputReader(StandardCharsets.UTF_8);
            String pid = output.readLine();
            if (pid == null) {
                throw new StackFailure(command.name() + " could not be started", LogTail.of(command.log()));
            }
            return new ChildProcess(command, lifeline, Long.parseLong(pid));
        } catch (IOException e) {
            throw new StackFailure(command.name() + " could not be started", e);
        }
    }

    /** Runs a command to its end, which has to be exit code 0 within the time given. */
    public static void run(Command command, Duration timeout) {
        try (ChildProcess child = start(command)) {
            if (!child.lifeline.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StackFailure(
                        command.name() + " did not finish within " + timeout.toSeconds() + " s",
                        LogTail.of(command.log()));
            }
            if (child.lifeline.exitValue() != 0) {
                throw child.died();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(command.name() + " was interrupted");
        }
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return lifeline.isAlive();
    }

    /** Returns the child's exit code once it has ended. */
    public int awaitExit() {
        return lifeline.onExit().join().exitValue();
    }

    /** Waits until the condition holds; a child that ends meanwhile, or the time running out, is a failure with its log. */
    public void await(BooleanSupplier ready, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (!isAlive()) {
                throw died();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StackFailure(
                        name() + " was not ready within " + timeout.toSeconds() + " s", LogTail.of(command.log()));
            }
            Pause.briefly();
        }
    }

    /** What its log says last: the evidence when it ended by itself. */
    public StackFailure died() {
        return new StackFailure(
                name() + " ended with code " + lifeline.exitValue() + ", log " + command.log(),
                LogTail.of(command.log()));
    }

    /** Asks the child to end, kills it when it does not; returns when it is gone. */
    @Override
    public void close() {
        try {
            lifeline.getOutputStream().close();
            Duration limit = command.grace().plus(KILL_MARGIN);
            if (!lifeline.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                lifeline.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lifelineScript() {
        try (InputStream script = ChildProcess.class.getResourceAsStream("lifeline.sh")) {
            if (script == null) {
                throw new IllegalStateException("lifeline.sh is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
