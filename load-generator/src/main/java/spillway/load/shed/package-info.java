/** What gateways say they shed during a run, beside what the clients of the run were told. */
@NullMarked
package spillway.load.shed;

import org.jspecify.annotations.NullMarked;
