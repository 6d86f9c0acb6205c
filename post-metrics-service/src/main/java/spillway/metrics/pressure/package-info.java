/** Tells the gateway how hard this service and what is behind it are pressed. */
@NullMarked
package spillway.metrics.pressure;

import org.jspecify.annotations.NullMarked;
