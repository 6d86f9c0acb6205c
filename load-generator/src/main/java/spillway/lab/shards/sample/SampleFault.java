package spillway.lab.shards.sample;

/** A file that does not say who wrote what; the message names the line and what is wrong with it. */
public final class SampleFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 40;

    SampleFault(long line, String reason) {
        super("line " + line + ": " + reason);
    }

    SampleFault(String reason) {
        super(reason);
    }

    /** A field that is not what it should be, fit for a terminal. */
    static SampleFault field(long line, String expected, String found) {
        String printable = found.replaceAll("\\p{Cntrl}", "?");
        String cut = printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
        return new SampleFault(line, expected + ", not \"" + cut + "\"");
    }
}
