/** Lists in pieces, newest first, by keyset. */
@NullMarked
package spillway.monolith.paging;

import org.jspecify.annotations.NullMarked;
