package spillway.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CoresTest {

    @Test
    void halfOfThemAreInFrontAndTheOddOneIsBehind() {
        assertThat(Cores.of(List.of(0, 1, 2, 5, 7))).contains(new Cores(List.of(0, 1), List.of(2, 5, 7), 5));
    }

    @Test
    void oneIsNotDivided() {
        assertThat(Cores.of(List.of(3))).isEmpty();
    }

    @Test
    void readsTheListOfTheKernel() {
        assertThat(Cores.parse("\t0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessAndItsChildStayWhereTheyAreToldTo() throws IOException {
        assumeTrue(Cores.isThere("taskset"));
        int last = Cores.allowed().orElseThrow().getLast();
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
        try {
            ProcessHandle child = childOf(shell);

            assertThat(Cores.pin(shell.toHandle(), List.of(last))).isTrue();

            assertThat(processorsOf(shell.pid())).containsExactly(last);
            assertThat(processorsOf(child.pid())).containsExactly(last);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processesThatAreLowered_areAsNiceAsTold() throws IOException {
        assumeTrue(Cores.isThere("renice"));
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            int before = niceOf(sleeper.pid());

            assertThat(Cores.lower(() -> Stream.of(sleeper.toHandle()), before + 1))
                    .isTrue();

            assertThat(niceOf(sleeper.pid())).isEqualTo(before + 1);
        } finally {
            sleeper.destroy();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessHasAllItsThreads() {
        assertThat(Cores.threads(ProcessHandle.current())).hasSizeGreaterThan(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatHasEnded_doesNotKeepOthersFromBeingLowered() throws Exception {
        assumeTrue(Cores.isThere("renice"));
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        try {
            assertThat(Cores.lower(() -> Stream.of(ended.toHandle(), sleeper.toHandle()), 19))
                    .isTrue();

            assertThat(niceOf(sleeper.pid())).isEqualTo(19);
        } finally {
            sleeper.destroy();
        }
    }

    /** By proc_pid_stat(5), whose second field may have spaces and ends with the last bracket. */
    private static int niceOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    private static ProcessHandle childOf(Process shell) {
        while (true) {
            var child = shell.descendants().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            Thread.onSpinWait();
        }
    }

    private static List<Integer> processorsOf(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .map(line -> Cores.parse(line.substring(line.indexOf(':') + 1)))
                .orElseThrow();
    }
}
