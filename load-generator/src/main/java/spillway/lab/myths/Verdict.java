package spillway.lab.myths;

/** What a measurement makes of a claim. */
enum Verdict {
    TRUE,
    FALSE,
    DEPENDS
}
