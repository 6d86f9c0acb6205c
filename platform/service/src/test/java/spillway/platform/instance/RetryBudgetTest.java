package spillway.platform.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static long taken(RetryBudget budget, int tries) {
        return IntStream.range(0, tries).filter(i -> budget.take()).count();
    }

    private static void requests(RetryBudget budget, int count) {
        IntStream.range(0, count).forEach(i -> budget.request());
    }

    @Test
    void theReserve_isThereBeforeAnyRequest() {
        assertThat(taken(new RetryBudget(0.1, 10, 100), 50)).isEqualTo(10);
    }

    @Test
    void tenRequests_payForOneRetry() {
        RetryBudget budget = new RetryBudget(0.1, 0, 100);

        requests(budget, 9);
        assertThat(budget.take()).isFalse();

        budget.request();
        assertThat(taken(budget, 5)).isEqualTo(1);
    }

    @Test
    void whenEveryRequestFails_aTenthIsTriedAgain() {
        RetryBudget budget = new RetryBudget(0.1, 10, 100);

        long retries = IntStream.range(0, 10_000)
                .filter(i -> {
                    budget.request();
                    return budget.take();
                })
                .count();

        assertThat(retries).isBetween(1_000L, 1_010L);
    }

    @Test
    void whatIsSaved_isBounded() {
        RetryBudget budget = new RetryBudget(0.1, 10, 100);

        requests(budget, 1_000_000);

        assertThat(taken(budget, 1_000)).isEqualTo(100);
    }

    @Test
    void aShareOfZero_isNoRetryAtAll() {
        RetryBudget budget = new RetryBudget(0, 0, 0);

        requests(budget, 1_000);

        assertThat(budget.take()).isFalse();
    }

    @Test
    void nonsense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(1.1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(0.1, 2, 1));
    }
}
