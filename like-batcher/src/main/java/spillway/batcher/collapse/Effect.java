package spillway.batcher.collapse;

/** What an operation does to its member in the post's set. */
public enum Effect {
    NOTHING('.'),
    ADD('+'),
    REMOVE('-');

    private final char sign;

    Effect(char sign) {
        this.sign = sign;
    }

    /** How the script calls it. */
    public char sign() {
        return sign;
    }

    byte code() {
        return (byte) sign;
    }

    static Effect ofCode(byte code) {
        return code == ADD.sign ? ADD : code == REMOVE.sign ? REMOVE : NOTHING;
    }
}
