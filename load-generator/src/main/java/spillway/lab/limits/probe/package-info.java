/** Probes: each keeps one server busy with one kind of operation for a moment, reads the pace, and tidies up. */
@NullMarked
package spillway.lab.limits.probe;

import org.jspecify.annotations.NullMarked;
