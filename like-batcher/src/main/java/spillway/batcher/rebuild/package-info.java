/** Building the counters anew beside those in use, and taking over from them: the command, and what batchers do for it. */
@NullMarked
package spillway.batcher.rebuild;

import org.jspecify.annotations.NullMarked;
