/** Inserts that come at the same time share a transaction, and each caller gets its own answer. */
@NullMarked
package spillway.content.insert;

import org.jspecify.annotations.NullMarked;
