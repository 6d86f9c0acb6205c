package spillway.metrics.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spillway.metrics.views.Split.Stage;

class SplitTest {

    @Test
    void aPost_isSplit_merged_andSplitAgain_inALaterEpoch() {
        Split open = Split.NEVER.announced(1_000, 2);
        assertThat(open).isEqualTo(new Split(1_000, 2, -1));
        assertThat(open.stage()).isEqualTo(Stage.OPEN);

        Split taken = open.merging().tookOne().tookOne();
        assertThat(taken.stage()).isEqualTo(Stage.MERGING);

        Split whole = taken.merged();
        assertThat(whole.stage()).isEqualTo(Stage.WHOLE);
        assertThat(whole.announced(1_000, 2).epoch()).isEqualTo(1_001);
        assertThat(whole.announced(5_000, 2).epoch()).isEqualTo(5_000);
    }

    @Test
    void aStage_isLeftOnlyByItsOwnChanges() {
        Split open = Split.NEVER.announced(1, 2);

        assertThatIllegalStateException()
                .isThrownBy(() -> open.announced(2, 2))
                .withMessageContaining("needs WHOLE, but this is OPEN");
        assertThatIllegalStateException().isThrownBy(open::tookOne);
        assertThatIllegalStateException().isThrownBy(() -> open.merging().merging());
        assertThatIllegalStateException().isThrownBy(Split.NEVER::merging);
        assertThatIllegalStateException()
                .isThrownBy(() -> open.merging().tookOne().merged())
                .withMessageContaining("1 sub-keys left");
    }

    @Test
    void itsText_isReadBack() {
        Split merging = Split.NEVER.announced(7, 3).merging().tookOne();

        assertThat(merging).hasToString("7:3:1");
        assertThat(Split.parse("7:3:1")).isEqualTo(merging);
        assertThat(Split.NEVER).hasToString("0:0:-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7:3", "7:3:4", "7:3:-2", "7:0:0", "0:3:-1", "7:65:0", "-1:0:-1", "7:3:1:1"})
    void whatIsNoSplit_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Split.parse(text));
    }
}
