package spillway.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lifeline promises, tried on real processes. */
class LifelineTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void killedSupervisor_takesItsChildWithIt() throws IOException, InterruptedException {
        Process supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SupervisorOfASleeper.class.getName(),
                        folder.toString())
                .start();
        String pid = supervisor.inputReader().readLine();
        ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        supervisor.destroyForcibly().waitFor();

        assertThat(endsSoon(child)).isTrue();
    }

    /** Started as a process of its own, to be killed. */
    static final class SupervisorOfASleeper {
        private SupervisorOfASleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            ChildProcess child = ChildProcess.start(shell(folder, "exec sleep 300"));
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void closing_asksFirst_soTheChildCanEndInOrder() throws IOException {
        Path farewell = folder.resolve("farewell");
        ChildProcess child = ChildProcess.start(
                shell(folder, "trap 'echo bye >" + farewell + "; exit 0' TERM; echo up; while :; do sleep 0.1; done"));
        child.await(() -> LogTail.of(folder.resolve("log")).contains("up"), SOON);

        child.close();

        assertThat(farewell).hasContent("bye");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aChildDeafToItsSignal_isKilledWithItsGroupAfterTheGrace() {
        Command deaf = new Command(
                "deaf",
                List.of("bash", "-c", "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo $!; wait"),
                Map.of(),
                folder,
                folder.resolve("log"),
                StopSignal.TERM,
                Duration.ofSeconds(1));
        ChildProcess child = ChildProcess.start(deaf);
        child.await(() -> LogTail.of(folder.resolve("log")).stream().anyMatch(line -> line.matches("\\d+")), SOON);
        long grandchild = Long.parseLong(LogTail.of(folder.resolve("log")).getFirst());

        child.close();

        assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(ProcessHandle.of(grandchild).map(LifelineTest::endsSoon).orElse(true))
                .isTrue();
    }

    @Test
    void aStoppedChild_costsItsLifelineNothing_andIsEndedAllTheSame() throws IOException, InterruptedException {
        Command sleeper = new Command(
                "sleeper",
                List.of("sleep", "300"),
                Map.of(),
                folder,
                folder.resolve("log"),
                StopSignal.TERM,
                Duration.ofSeconds(1));
        ChildProcess child = ChildProcess.start(sleeper);
        ProcessHandle lifeline =
                ProcessHandle.of(child.pid()).flatMap(ProcessHandle::parent).orElseThrow();
        Duration before = cpuOf(lifeline);

        new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
        assertThat(child.isAlive()).isTrue();
        assertThatThrownBy(() -> child.await(() -> false, Duration.ofSeconds(2)))
                .hasMessageContaining("not ready");

        assertThat(cpuOf(lifeline).minus(before)).isLessThan(Duration.ofMillis(100));
        child.close();
        assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static Duration cpuOf(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Test
    void exitCode_isTheChilds() {
        assertThat(ChildProcess.start(shell(folder, "exit 7")).awaitExit()).isEqualTo(7);
    }

    @Test
    void aChildThatDiesBeforeItIsReady_failsWithItsLastWords() {
        ChildProcess child = ChildProcess.start(shell(folder, "echo no space left; exit 3"));

        assertThatThrownBy(() -> child.await(() -> false, SOON)).isInstanceOfSatisfying(StackFailure.class, failure -> {
            assertThat(failure.headline()).contains("ended with code 3");
            assertThat(failure.evidence()).contains("no space left");
        });
    }

    @Test
    void aDetachedProcess_livesOnInAGroupOfItsOwn() throws IOException, InterruptedException {
        ProcessHandle detached = Detached.start(shell(folder, "exec sleep 300"));
        try {
            Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(detached.pid())).start();
            String group = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            ps.waitFor(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(group.strip()).isEqualTo(Long.toString(detached.pid()));
        } finally {
            detached.destroy();
        }
    }

    private static Command shell(Path folder, String script) {
        return new Command("shell", List.of("bash", "-c", script), folder, folder.resolve("log"));
    }

    private static boolean endsSoon(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
        return !process.isAlive();
    }
}
