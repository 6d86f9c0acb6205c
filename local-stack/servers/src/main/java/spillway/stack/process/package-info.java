/** Child processes that end when their supervisor does, however it ends. */
@NullMarked
package spillway.stack.process;

import org.jspecify.annotations.NullMarked;
