/** The calibration of this host: what its disk, each server and the gateway can do, and what an operation costs. */
@NullMarked
package spillway.lab.limits;

import org.jspecify.annotations.NullMarked;
