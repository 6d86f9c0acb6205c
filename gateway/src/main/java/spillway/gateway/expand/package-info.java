/** Content that is read together with its metrics: {@code ?expand=metrics}. */
@NullMarked
package spillway.gateway.expand;

import org.jspecify.annotations.NullMarked;
