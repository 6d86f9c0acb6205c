/** Lists in pages: newest first, by keyset, with an opaque cursor. */
@NullMarked
package spillway.content.page;

import org.jspecify.annotations.NullMarked;
