/** The kernel under plain tests and under a simulation of everything that goes wrong. */
@NullMarked
package spillway.batcher.collapse;

import org.jspecify.annotations.NullMarked;
