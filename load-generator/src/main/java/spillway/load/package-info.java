/** The command line: scenarios, their options, and what the process ends with. */
@NullMarked
package spillway.load;

import org.jspecify.annotations.NullMarked;
