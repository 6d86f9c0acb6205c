/** What will be sent and when: a pure function of a seed or of a recorded trace. */
@NullMarked
package spillway.load.plan;

import org.jspecify.annotations.NullMarked;
