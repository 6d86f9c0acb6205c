package spillway.gateway.admission;

import spillway.gateway.deadline.Deadline;

/**
 * What a request takes along that was let in.
 *
 * @param weight how many requests it stands for, above 1 only for a view
 * @param deadline of its caller
 */
public record Passage(int weight, Deadline deadline) {}
