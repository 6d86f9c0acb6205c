package spillway.load.report;

/** A run as one HTML file that needs nothing else: the report's JSON, and a page that draws it. */
public final class Html {

    private Html() {}

    public static String text(Report report) {
        return Page.filled(Html.class, "report.html", "{{report}}", Json.tree(report));
    }
}
