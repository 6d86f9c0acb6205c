package spillway.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import spillway.load.plan.TrafficClass;
import spillway.load.report.HdrLog;
import spillway.load.report.Html;
import spillway.load.report.Json;
import spillway.load.report.Report;
import spillway.load.run.IntervalSink;

/** The files a report may be written to. */
final class Outputs {

    @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON, too")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write the report as one HTML file with plots, too")
    private @Nullable Path html;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "write the latencies of every second as an HdrHistogram log, a tag per class")
    private @Nullable Path hlog;

    /** Takes latencies while the run lasts; into nothing when nobody asked for them. */
    static final class Log implements IntervalSink, AutoCloseable {
        private final @Nullable HdrLog log;

        private Log(@Nullable HdrLog log) {
            this.log = log;
        }

        @Override
        public void take(TrafficClass trafficClass, double from, double to, Histogram micros) {
            if (log != null) {
                log.take(trafficClass, from, to, micros);
            }
        }

        @Override
        public void close() {
            if (log != null) {
                log.close();
            }
        }
    }

    /** Before a run: what could not be written afterwards is refused now. */
    void check() throws Refusal {
        requireFolder("--json", json);
        requireFolder("--html", html);
        requireFolder("--hlog", hlog);
    }

    boolean isWithoutLog() {
        return hlog == null;
    }

    Log log() throws IOException {
        return new Log(hlog == null ? null : new HdrLog(hlog, InstantSource.system()));
    }

    void write(Report report) throws Refusal {
        write("--json", json, Json.text(report) + "\n");
        write("--html", html, Html.text(report));
    }

    private static void write(String option, @Nullable Path file, String text) throws Refusal {
        if (file == null) {
            return;
        }
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw Refusal.usage(option + ": " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static void requireFolder(String option, @Nullable Path file) throws Refusal {
        Refusal.unless(file == null || WholeFile.hasFolder(file), option + ": there is no folder for " + file);
    }
}
