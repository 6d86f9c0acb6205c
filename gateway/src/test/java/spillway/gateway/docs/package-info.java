/** Merging of API descriptions. */
@NullMarked
package spillway.gateway.docs;

import org.jspecify.annotations.NullMarked;
