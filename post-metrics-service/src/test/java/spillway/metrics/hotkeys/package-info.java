/** Weighing of keys, plainly. */
@NullMarked
package spillway.metrics.hotkeys;

import org.jspecify.annotations.NullMarked;
