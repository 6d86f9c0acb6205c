package spillway.lab.limits.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewMembersTest {

    @Test
    void membersAreNew_inEachCommandAndEachTime() {
        NewMembers sequence = new NewMembers(List.of("a", "b"), 2);

        assertThat(text(sequence)).isEqualTo(sadd("a", "000000000001") + sadd("b", "000000000002"));
        assertThat(text(sequence)).isEqualTo(sadd("a", "000000000003") + sadd("b", "000000000004"));
    }

    private static String sadd(String key, String member) {
        return "*3\r\n$4\r\nSADD\r\n$1\r\n" + key + "\r\n$12\r\n" + member + "\r\n";
    }

    private static String text(NewMembers sequence) {
        return new String(sequence.next(), StandardCharsets.US_ASCII);
    }
}
