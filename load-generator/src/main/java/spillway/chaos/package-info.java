/** Chaos: a seeded schedule of faults on a running stack under load, and the proof that every count is exact afterwards. */
@NullMarked
package spillway.chaos;

import org.jspecify.annotations.NullMarked;
