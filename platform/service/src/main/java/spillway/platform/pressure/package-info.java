/** What content and metrics tell of how hard their stores are pressed. */
@NullMarked
package spillway.platform.pressure;

import org.jspecify.annotations.NullMarked;
