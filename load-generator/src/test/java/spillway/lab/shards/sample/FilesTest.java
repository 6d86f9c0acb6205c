package spillway.lab.shards.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

    @TempDir
    private Path folder;

    private Sample graph(String text) throws IOException {
        return EdgeList.read(Files.writeString(folder.resolve("graph"), text), 1);
    }

    private Sample csv(String text) throws IOException {
        return PostsCsv.read(Files.writeString(folder.resolve("csv"), text), 1);
    }

    @Test
    void anEdge_isAWriteByItsFirstUser_countedFromOne() throws IOException {
        Sample sample = graph("# a comment\n% another\n0 5\n3,0\n\n 3\t4 \n");

        assertThat(sample.keys(ShardKey.USER)).containsExactly(1, 4, 4);
        assertThat(sample.keys(ShardKey.POST)).containsExactly(1, 2, 3);
        assertThat(sample.candidates()).doesNotContain(ShardKey.TIME);
        assertThat(sample.notes()).anyMatch(note -> note.contains("no times"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 2 3", "a b", "-1 2", "1;2", "1.5 2", "1234567890123456789 1", "1,,2", "\u0007"})
    void whatIsNoEdge_isRefusedByItsLine(String line) {
        assertThatThrownBy(() -> graph("1 2\n" + line + "\n"))
                .isInstanceOf(SampleFault.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageNotContaining("\u0007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only this\n"})
    void aGraphWithoutEdges_isRefused(String text) {
        assertThatThrownBy(() -> graph(text)).isInstanceOf(SampleFault.class).hasMessage("it has no edges");
    }

    @Test
    void whatIsNoText_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("bytes"), new byte[] {'1', ' ', '2', '\n', (byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> EdgeList.read(file, 1))
                .isInstanceOf(SampleFault.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> EdgeList.read(folder, 1)).isInstanceOf(SampleFault.class);
    }

    @Test
    void columns_areFoundByTheirNames_andWritesOrderedByTime() throws IOException {
        Sample sample = csv("""
                time,likes,user,post,country
                1970-01-03T00:00:00Z,9,7,70,DE
                10,9,8,80,FR
                """);

        assertThat(sample.keys(ShardKey.USER)).containsExactly(8, 7);
        assertThat(sample.keys(ShardKey.POST)).containsExactly(80, 70);
        assertThat(sample.keys(ShardKey.TIME)).containsExactly(1, 3);
        assertThat(sample.loads(ShardKey.COUNTRY).size()).isEqualTo(2);
        assertThat(sample.notes()).isEmpty();
    }

    @Test
    void whatACsvLacks_isMadeUpOrLeftOut_andSaidSo() throws IOException {
        Sample sample = csv("user\n7\n8\n");

        assertThat(sample.keys(ShardKey.POST)).containsExactly(1, 2);
        assertThat(sample.candidates()).doesNotContain(ShardKey.TIME);
        assertThat(sample.notes()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user,post|7",
                "user,post|7,1,2",
                "user|0",
                "user|-7",
                "user|x",
                "user|9223372036854775808",
                "user,post|7,",
                "user,country|7,de",
                "user,country|7,Germany",
                "user,time|7,yesterday",
                "user,time|7,1969-12-31T23:59:59Z",
                "user,content|7,\"hello"
            })
    void nonsense_isRefusedByItsLine(String header, String line) {
        assertThatThrownBy(() -> csv(header + "\n" + line + "\n"))
                .isInstanceOf(SampleFault.class)
                .hasMessageStartingWith("line 2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"author,post\n1,2\n", "user,user\n1,1\n", "", "user\n"})
    void aHeaderThatDoesNotDo_isRefused(String text) {
        assertThatThrownBy(() -> csv(text)).isInstanceOf(SampleFault.class);
    }
}
