@NullMarked
package spillway.gateway.early;

import org.jspecify.annotations.NullMarked;
