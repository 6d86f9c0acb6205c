package spillway.load.oracle;

/** What a user must be told about their own like: only pairs whose vote is certain are asked. */
public record ExpectedVote(String postId, long user, boolean liked) {}
