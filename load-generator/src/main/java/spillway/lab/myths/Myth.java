package spillway.lab.myths;

/** A claim and the experiment that judges it. */
interface Myth {

    String claim();

    /** @throws Exception whatever keeps it from measuring */
    Finding examine() throws Exception;
}
