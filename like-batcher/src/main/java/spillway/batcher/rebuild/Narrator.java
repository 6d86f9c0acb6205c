package spillway.batcher.rebuild;

/** Whom a rebuild tells what it does. */
interface Narrator {

    /** Something is done, or known. */
    void say(String line);

    /**
     * How far a part has come; called often.
     *
     * @param what is being done
     */
    void progress(String what, long done, long total);
}
