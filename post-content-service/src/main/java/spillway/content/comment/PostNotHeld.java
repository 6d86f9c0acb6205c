package spillway.content.comment;

/** The comment's post is being changed, or is not there: whoever would wait for it, and know which, must come alone. */
final class PostNotHeld extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostNotHeld() {
        super("the post is not there, or another transaction has it", null, false, false);
    }
}
