/** The API's description. */
@NullMarked
package spillway.metrics.docs;

import org.jspecify.annotations.NullMarked;
