package spillway.lab.estimate;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import spillway.lab.limits.Limits;

/** The command {@code estimate}. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        description = "Works out, line by line, the smallest design that carries a load, from what ./spillway limits"
                + " measured. Without options on a terminal it asks.")
public final class EstimateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--daily-users", paramLabel = "N", description = "people who come on a day")
    private @Nullable Double dailyUsers;

    @Option(names = "--posts", paramLabel = "N", description = "posts each writes on a day; default: 0.2")
    private @Nullable Double posts;

    @Option(names = "--likes", paramLabel = "N", description = "likes each gives on a day; default: 10")
    private @Nullable Double likes;

    @Option(names = "--views", paramLabel = "N", description = "views each causes on a day; default: 50")
    private @Nullable Double views;

    @Option(
            names = "--peak",
            paramLabel = "X",
            description = "busiest minutes as a multiple of the average; default: 4")
    private @Nullable Double peak;

    @Option(
            names = "--hottest",
            paramLabel = "PERCENT",
            description = "of the likes at the peak, on one post; default: 10")
    private @Nullable Double hottest;

    @Option(names = "--retention-days", paramLabel = "N", description = "how long all is kept; default: 365")
    private @Nullable Double retention;

    @Option(
            names = "--limits",
            paramLabel = "FILE",
            description = "the calibration; default: the last of ./spillway limits")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        Path calibration = file == null ? Limits.lastCalibration(System.getenv()) : file;
        if (!Files.exists(calibration)) {
            throw usage("there is no calibration at " + calibration + ": run ./spillway limits first");
        }
        Limits limits = Limits.read(calibration);
        Questions questions = dailyUsers != null
                ? null
                : Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(Questions::new)
                        .orElse(null);
        if (dailyUsers == null && questions == null) {
            throw usage("--daily-users is missing");
        }
        try {
            Workload load = new Workload(
                    value(dailyUsers, questions, "People who come on a day", 100_000),
                    value(posts, questions, "Posts each writes on a day", 0.2),
                    value(likes, questions, "Likes each gives on a day", 10),
                    value(views, questions, "Views each causes on a day", 50),
                    value(peak, questions, "Busiest minutes as a multiple of the average", 4),
                    value(hottest, questions, "Percent of the likes on the hottest post", 10) / 100,
                    value(retention, questions, "Days that all is kept", 365));
            PrintWriter out = command().commandLine().getOut();
            out.printf(
                    "From the calibration of %s on %d cores%n%n",
                    limits.measuredAt(), limits.host().cores());
            Estimate.of(load, new Measured(limits)).lines().forEach(out::println);
            return 0;
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static double value(@Nullable Double given, @Nullable Questions questions, String question, double usual) {
        if (given != null) {
            return given;
        }
        return questions == null ? usual : questions.ask(question, usual);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }

    /** Asks a person until the answer is a number; an empty one means the usual. */
    private record Questions(Console console) {

        double ask(String question, double usual) {
            while (true) {
                String answer =
                        console.readLine("%s [%s]: ", question, usual == Math.rint(usual) ? (long) usual : usual);
                if (answer == null || answer.isBlank()) {
                    return usual;
                }
                try {
                    return Double.parseDouble(answer.strip().replace(",", "").replace("_", ""));
                } catch (NumberFormatException e) {
                    console.printf("A number, please.%n");
                }
            }
        }
    }
}
