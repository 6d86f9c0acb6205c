/** The lab: measures this machine, the monolith and every technique on the same traffic. */
@NullMarked
package spillway.lab;

import org.jspecify.annotations.NullMarked;
