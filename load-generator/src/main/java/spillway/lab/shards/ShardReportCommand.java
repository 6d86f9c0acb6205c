package spillway.lab.shards;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import spillway.lab.shards.sample.EdgeList;
import spillway.lab.shards.sample.Generator;
import spillway.lab.shards.sample.LivePosts;
import spillway.lab.shards.sample.Population;
import spillway.lab.shards.sample.PostsCsv;
import spillway.lab.shards.sample.Sample;
import spillway.lab.shards.sample.SampleFault;
import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;
import spillway.lab.stack.NoStack;
import spillway.load.WholeFile;

/** The command {@code shard-report}. */
@Command(
        name = "shard-report",
        mixinStandardHelpOptions = true,
        description = {
            "Puts the ways of sharding side by side on the same writes: how even, what moves when",
            "shards are added, which queries one shard answers. Needs no stack; writes are made up",
            "unless a file is given, or --live."
        },
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {" 0:compared", " 2:wrong usage, or a file that is refused", " 3:--live, and no stack is up"})
public final class ShardReportCommand implements Callable<Integer> {

    private static final int MOST_SHARDS = 1_024;
    private static final String ALL = "all";

    /** Keys that routing is timed with: enough for it to be compiled, and for few keys to come again and again. */
    private static final int PLACED = 100_000;

    /** Where the writes come from, if they are not made up. */
    static final class Source {

        @Option(
                names = "--graph",
                paramLabel = "FILE",
                description = "an edge list, a b or a,b per line: each a write by the first user")
        private @Nullable Path graph;

        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description = "writes under a header: user, and if known post, country, time")
        private @Nullable Path csv;

        @Option(names = "--live", description = "the posts of the stack that is up (reads them all)")
        private boolean live;
    }

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup
    private Source source = new Source();

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "who makes them up: uniform, zipf, ordered; default: ${DEFAULT-VALUE}")
    private String population = "zipf";

    @Option(names = "--writes", paramLabel = "N", description = "made up; default: ${DEFAULT-VALUE}")
    private int writes = 400_000;

    @Option(names = "--users", paramLabel = "N", description = "who make them; default: ${DEFAULT-VALUE}")
    private int users = 50_000;

    @Option(names = "--seed", paramLabel = "N", description = "of what is made up; default: ${DEFAULT-VALUE}")
    private long seed = 42;

    @Option(names = "--from", paramLabel = "N", description = "shards at first; default: ${DEFAULT-VALUE}")
    private int from = 8;

    @Option(names = "--to", paramLabel = "N", description = "shards after growing; default: ${DEFAULT-VALUE}")
    private int to = 16;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            split = ",",
            description = "user, post, country, time or all: all strategies under these; default: a digest")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "write everything as JSON, too")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with plots, too")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException, NoStack, SQLException {
        requireUsable();
        Population writers = population();
        List<ShardKey> wanted = wanted();
        Sample sample = sample(writers);
        wanted.stream()
                .filter(key -> !sample.candidates().contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw usage("--key: these writes have no " + key.label());
                });
        Comparison comparison =
                Comparison.of(sample, sample.candidates(), from, to, new RoutingCost(System::nanoTime, PLACED));
        PrintWriter out = spec().commandLine().getOut();
        wrapped(comparison.title(), out);
        comparison.notes().forEach(note -> wrapped(note, out));
        out.println();
        if (keys.isEmpty()) {
            digest(comparison, out);
        } else {
            comparison.candidates().stream()
                    .filter(candidate -> keys.contains(ALL) || wanted.contains(candidate.key()))
                    .forEach(candidate -> strategies(candidate, out));
        }
        ShardTable.legend().forEach(out::println);
        ShardReport report = new ShardReport(Clock.systemUTC().instant(), comparison);
        if (json != null) {
            report.writeJson(json);
        }
        if (html != null) {
            report.writeHtml(html);
        }
        return 0;
    }

    private void digest(Comparison comparison, PrintWriter out) {
        out.println("Which shard key? All under the slot map, " + from + " shards");
        ShardTable.keys(comparison.candidates(), Kind.SLOT_MAP).forEach(out::println);
        out.println();
        comparison.by(ShardKey.USER).ifPresent(user -> strategies(user, out));
        new Digest(comparison).lines().forEach(line -> wrapped(line, out));
        wrapped("The strategies under the other keys: --key post, country, time or all; as plots: --html FILE.", out);
        out.println();
    }

    private static void wrapped(String text, PrintWriter out) {
        ShardTable.wrapped(text).forEach(out::println);
    }

    private void strategies(Candidate candidate, PrintWriter out) {
        ShardTable.strategies(candidate, from, to).forEach(out::println);
        out.println();
    }

    private Sample sample(Population writers) throws IOException, NoStack, SQLException {
        if (source.live) {
            return LivePosts.read(System.getenv(), seed)
                    .orElseThrow(() -> usage("--live: the stack has no posts yet: ./spillway load steady"));
        }
        Path file = source.graph != null ? source.graph : source.csv;
        if (file == null) {
            return new Generator(writers, users, writes, seed).sample();
        }
        try {
            return source.graph != null ? EdgeList.read(file, seed) : PostsCsv.read(file, seed);
        } catch (SampleFault fault) {
            throw usage(file + ": " + fault.getMessage());
        }
    }

    private List<ShardKey> wanted() {
        return keys.stream()
                .filter(name -> !name.equals(ALL))
                .map(name -> Arrays.stream(ShardKey.values())
                        .filter(key -> key.label().equals(name))
                        .findFirst()
                        .orElseThrow(() -> usage("--key: there is no \"" + name + "\"")))
                .toList();
    }

    private Population population() {
        return Arrays.stream(Population.values())
                .filter(known -> known.label().equals(population))
                .findFirst()
                .orElseThrow(() -> usage("--population: there is no \"" + population + "\""));
    }

    private void requireUsable() {
        if (from < 1 || to <= from || to > MOST_SHARDS) {
            throw usage("--from and --to must be 1 to " + MOST_SHARDS + ", --to the greater: " + from + ", " + to);
        }
        if (users < 1 || users > Generator.MOST || writes < 1 || writes > Generator.MOST) {
            throw usage("--users and --writes must be 1 to " + Generator.MOST + ": " + users + ", " + writes);
        }
        for (Path file : Stream.of(json, html).filter(Objects::nonNull).toList()) {
            if (!WholeFile.hasFolder(file)) {
                throw usage("there is no folder for " + file);
            }
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli gives it");
    }
}
