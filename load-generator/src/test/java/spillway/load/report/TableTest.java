package spillway.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import spillway.load.oracle.Difference;
import spillway.load.oracle.Range;
import spillway.load.oracle.Verdict;

class TableTest {

    @Test
    void aPassedVerdict_isOneLineAndWhatItRestsOn() {
        Verdict verdict = new Verdict(List.of(), 320, 12_345, 1_034, 0, 320, 400);

        assertThat(Table.verdict(verdict))
                .containsExactly(
                        "Oracle: PASS  12,345 likes on 320 posts exact",
                        "        1,034 comments, 320 posts and 400 votes read back, books balanced");
    }

    @Test
    void unknownOutcomes_areSaid() {
        Verdict verdict = new Verdict(List.of(), 320, 12_345, 1_034, 7, 320, 400);

        assertThat(Table.verdict(verdict))
                .first()
                .isEqualTo("Oracle: PASS  12,345 likes on 320 posts within 7 unknown");
    }

    @Test
    void aFailedVerdict_showsTheFirstFewDifferences() {
        List<Difference> differences = new ArrayList<>();
        LongStream.range(0, 8)
                .forEach(post -> differences.add(
                        new Difference.LikeCount(Long.toString(Long.MAX_VALUE), new Range(1, 2_000_000), post)));

        List<String> lines = Table.verdict(new Verdict(differences, 320, 1, 1, 0, 320, 400));

        assertThat(lines).first().isEqualTo("Oracle: FAIL  8 differences");
        assertThat(lines).last().isEqualTo("  … and 3 more");
        assertThat(lines).contains("  post 9223372036854775807: expected 1..2000000 likes, is 4");
        assertThat(lines).allMatch(line -> line.length() <= 80);
    }
}
