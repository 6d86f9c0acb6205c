package spillway.load.plan;

import java.util.random.RandomGenerator;

/** Draws posts as their {@link Popularity} has it. */
final class Audience {

    private final Popularity popularity;
    private final int posts;
    private final Zipf zipf;

    Audience(Popularity popularity, int posts) {
        this.popularity = popularity;
        this.posts = posts;
        this.zipf = new Zipf(posts);
    }

    int draw(boolean surge, RandomGenerator random) {
        if (random.nextInt(100) < popularity.percentInFocus(surge)) {
            return random.nextInt(Math.min(posts, popularity.postsInFocus()));
        }
        return switch (popularity) {
            case SPREAD -> random.nextInt(posts);
            case HOT, ZIPF, VIRAL, CELEBRITY -> zipf.draw(random);
        };
    }

    /** Whether the post is one of those that a part of the crowd comes for: they share their author. */
    boolean isInFocus(int post) {
        return post < popularity.postsInFocus();
    }
}
