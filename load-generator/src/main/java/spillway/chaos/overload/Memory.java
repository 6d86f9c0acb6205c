package spillway.chaos.overload;

/**
 * What a JVM holds at an instant.
 *
 * @param at seconds after the traffic began
 * @param heap bytes, garbage included
 * @param direct bytes of buffers outside of the heap
 */
record Memory(double at, double heap, double direct, double threads) {

    static Memory of(double at, Scrape scrape) {
        return new Memory(
                at,
                scrape.sum("jvm_memory_used_bytes", Scrape.tag("area", "heap")),
                scrape.sum("jvm_buffer_memory_used_bytes"),
                scrape.sum("jvm_threads_live_threads"));
    }
}
