/** What must be true afterwards: intents, outcomes, books, and the verdict over what was read back. */
@NullMarked
package spillway.load.oracle;

import org.jspecify.annotations.NullMarked;
