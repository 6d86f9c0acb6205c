package spillway.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorSplitTest {

    @Test
    void halfOfThemAreInFrontAndTheOddOneIsBehind() {
        assertThat(ProcessorSplit.of(List.of(0, 1, 2, 5, 7)))
                .contains(new ProcessorSplit(List.of(0, 1), List.of(2, 5, 7)));
    }

    @Test
    void oneIsNotDivided() {
        assertThat(ProcessorSplit.of(List.of(3))).isEmpty();
    }

    @Test
    void readsTheListOfTheKernel() {
        assertThat(ProcessorSplit.parse("\t0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    void thoseInFrontAreStartedOnTheirs() {
        assertThat(new ProcessorSplit(List.of(0, 1), List.of(2)).inFront()).containsExactly("taskset", "-c", "0,1");
        assertThat(ProcessorSplit.none().inFront()).isEmpty();
    }
}
