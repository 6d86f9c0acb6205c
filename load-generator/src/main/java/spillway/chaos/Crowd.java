package spillway.chaos;

/**
 * Who likes what, by numbers from 0: the first users act one by one, with tokens of their own, all others through an edge
 * that is trusted to speak for them. A pair of post and user is one number, too.
 *
 * @param posts the first is the hot one
 * @param users all of them
 * @param singles those who act one by one
 */
record Crowd(int posts, int users, int singles) {

    /** The user of number 0; numbers that no other traffic uses. */
    private static final long FIRST_USER = 7_000_001;

    Crowd {
        if (posts < 2 || singles < 1 || users <= singles) {
            throw new IllegalArgumentException("no crowd: %d posts, %d users".formatted(posts, users));
        }
    }

    int pairs() {
        return posts * users;
    }

    int pair(int post, int user) {
        return post * users + user;
    }

    int post(int pair) {
        return pair / users;
    }

    int user(int pair) {
        return pair % users;
    }

    boolean isSingle(int pair) {
        return user(pair) < singles;
    }

    long userId(int user) {
        return FIRST_USER + user;
    }

    /** The user's number, or -1 for somebody else. */
    int userOf(long id) {
        long number = id - FIRST_USER;
        return number >= 0 && number < users ? (int) number : -1;
    }
}
