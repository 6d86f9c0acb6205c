package spillway.lab.limits;

import spillway.lab.limits.probe.Quantity;
import spillway.lab.limits.probe.Reading;

/**
 * One figure of a calibration.
 *
 * @param how it was measured, in a few words
 */
public record Limit(Quantity quantity, String how, Reading reading) {}
