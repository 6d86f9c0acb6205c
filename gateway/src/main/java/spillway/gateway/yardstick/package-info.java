/** What the gateway's own work is measured by. */
@NullMarked
package spillway.gateway.yardstick;

import org.jspecify.annotations.NullMarked;
