/** Which keys of a stream weigh most, in bounded memory. */
@NullMarked
package spillway.metrics.hotkeys;

import org.jspecify.annotations.NullMarked;
