package spillway.load.oracle;

/** How a request ended, as far as its sender can know. */
public enum Outcome {
    /** 2xx or 304: from now on the system owes us the effect. */
    ACCEPTED,
    /** Refused on purpose because of load, with no effect. */
    SHED,
    /** Refused as wrong, with no effect. */
    REJECTED,
    /** Failed with no effect: it never reached the target, or the target says it failed. */
    FAILED,
    /** Perhaps applied, perhaps not: no answer came, or the answer says so. */
    UNKNOWN
}
