package spillway.chaos.overload;

/**
 * What a JVM holds.
 *
 * @param heap bytes, garbage included
 * @param direct bytes of buffers outside of the heap
 */
record Memory(double heap, double direct, double threads) {

    static Memory of(Scrape scrape) {
        return new Memory(
                scrape.sum("jvm_memory_used_bytes", Scrape.tag("area", "heap")),
                scrape.sum("jvm_buffer_memory_used_bytes"),
                scrape.sum("jvm_threads_live_threads"));
    }
}
