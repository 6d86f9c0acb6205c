package spillway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spillway.load.fake.FakeApi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadGeneratorTest {

    private static final List<String> SMALL =
            List.of("--rate", "100", "--duration", "2s", "--users", "50", "--posts", "10");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aCorrectServer_passesWithZero(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("report.json");
        try (FakeApi api = new FakeApi()) {
            int code = blackFriday(api, "--json", report.toString());

            assertThat(code).as("%s%s", out, err).isZero();
        }
        assertThat(out.toString()).contains("Oracle: PASS").contains("exact").contains("books balanced");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        JsonNode json = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(json.at("/oracle/passed").booleanValue()).isTrue();
        assertThat(json.at("/classes/likes/requests/offered").asLong())
                .isEqualTo(json.at("/classes/likes/requests/accepted").asLong())
                .isPositive();
    }

    private int blackFriday(FakeApi api, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of("black-friday", "--base-url", api.url()));
        args.addAll(SMALL);
        args.addAll(List.of(more));
        return execute(args.toArray(String[]::new));
    }

    private int execute(String... args) {
        return LoadGenerator.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
