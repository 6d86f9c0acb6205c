/** Tells the gateway how hard this service and its shards are pressed. */
@NullMarked
package spillway.content.pressure;

import org.jspecify.annotations.NullMarked;
