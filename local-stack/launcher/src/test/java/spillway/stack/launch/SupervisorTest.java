package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.stack.process.ChildProcess;
import spillway.stack.process.Command;
import spillway.stack.process.StackFailure;

/** Sleeping shells stand for servers: what matters is order and failure. */
class SupervisorTest {

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void aComponent_startsAfterWhatItNeeds_andStopsBeforeIt() {
        Supervisor supervisor = supervisor(
                sleeper("log", Set.of(), SupervisorTest::atOnce),
                sleeper("reader", Set.of("log"), SupervisorTest::atOnce));

        supervisor.start();
        supervisor.stop();

        assertThat(told)
                .containsExactly(
                        "STARTING log",
                        "READY log",
                        "STARTING reader",
                        "READY reader",
                        "UP ",
                        "STOPPED reader",
                        "STOPPED log",
                        "DOWN ");
    }

    @Test
    void oneFailure_stopsTheOthers_andIsTheOneReported() {
        Component failing = sleeper("failing", Set.of(), limit -> {
            throw new StackFailure("failing has no luck");
        });
        Supervisor supervisor = supervisor(
                sleeper("other", Set.of(), SupervisorTest::atOnce),
                failing,
                sleeper("never", Set.of("failing"), SupervisorTest::atOnce));

        assertThatThrownBy(supervisor::start).hasMessage("failing has no luck");

        assertThat(told).contains("STOPPED failing", "DOWN ").doesNotContain("STARTING never");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void theStateFile_namesEveryProcessWhileItRuns() {
        Supervisor supervisor = supervisor(sleeper("log", Set.of(), SupervisorTest::atOnce));
        supervisor.start();

        RunState state = RunState.read(folder.resolve("state"));
        assertThat(state.entries()).extracting(RunState.Entry::name).containsExactly("supervisor", "log");
        assertThat(state.named("log").flatMap(RunState.Entry::process)).isPresent();

        supervisor.stop();
        assertThat(state.named("log").flatMap(RunState.Entry::process)).isEmpty();
    }

    @Test
    void aComponentThatIsKilled_isStartedAgain_andTheStateFileSaysSo() {
        Supervisor supervisor = supervisor(sleeper("log", Set.of(), SupervisorTest::atOnce));
        supervisor.start();
        RunState.Entry first = entry("log");

        first.process().orElseThrow().destroyForcibly();

        await().until(() -> entry("log").process().isPresent() && entry("log").pid() != first.pid());
        assertThat(entry("log").restarts()).isEqualTo(1);
        supervisor.stop();
        assertThat(told).containsSubsequence("UP ", "ENDED log", "STARTING log", "READY log", "STOPPED log", "DOWN ");
    }

    @Test
    void aComponentThatDiesTooOften_isLeftDead() {
        Supervisor supervisor = supervisor(sleeper("log", Set.of(), SupervisorTest::atOnce));
        supervisor.start();
        for (int restarts = 0; restarts < 2; restarts++) {
            int before = restarts;
            entry("log").process().orElseThrow().destroyForcibly();
            await().until(() -> Collections.frequency(told, "READY log") == before + 2);
        }

        entry("log").process().orElseThrow().destroyForcibly();

        await().until(() -> Collections.frequency(told, "ENDED log") == 4);
        assertThat(Collections.frequency(told, "STARTING log")).isEqualTo(3);
        supervisor.stop();
        assertThat(told).doesNotContain("STOPPED log");
    }

    @Test
    void aStopDuringThePause_startsNothingMore() {
        Restarts patient =
                new Restarts(2, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), System::nanoTime);
        Supervisor supervisor = supervisor(patient, sleeper("log", Set.of(), SupervisorTest::atOnce));
        supervisor.start();
        entry("log").process().orElseThrow().destroyForcibly();
        await().until(() -> told.contains("ENDED log"));

        supervisor.stop();

        assertThat(told).containsExactly("STARTING log", "READY log", "UP ", "ENDED log", "DOWN ");
    }

    private RunState.Entry entry(String name) {
        return RunState.read(folder.resolve("state")).named(name).orElseThrow();
    }

    private static void atOnce(Duration limit) {}

    private Supervisor supervisor(Component... components) {
        return supervisor(
                new Restarts(2, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1), System::nanoTime),
                components);
    }

    private Supervisor supervisor(Restarts restarts, Component... components) {
        return new Supervisor(
                List.of(components),
                Map.of(),
                new StateFile(folder.resolve("state")),
                restarts,
                event -> told.add(event.kind() + " " + event.component()));
    }

    private Component sleeper(String name, Set<String> needs, Consumer<Duration> ready) {
        Command command = new Command(name, List.of("sleep", "300"), folder, folder.resolve(name + ".log"));
        return new Component(
                name, StackPort.KAFKA, needs, () -> new Component.Started(ChildProcess.start(command), ready));
    }
}
