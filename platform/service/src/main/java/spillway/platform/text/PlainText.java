package spillway.platform.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * Text that every store gives back as it got it: 1 to {@link #max} code points, no NUL (Postgres refuses it) and no
 * lone surrogate (UTF-8 has none). Null passes: add {@code @NotNull}.
 */
@Target({
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.METHOD,
    ElementType.TYPE_USE,
    ElementType.RECORD_COMPONENT
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Rule.class)
public @interface PlainText {

    /** Most code points. */
    int max();

    String message() default "must have 1 to {max} characters, without NUL and lone surrogates";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check itself. */
    final class Rule implements ConstraintValidator<PlainText, CharSequence> {

        private int max;

        @Override
        public void initialize(PlainText constraint) {
            max = constraint.max();
        }

        @Override
        public boolean isValid(@Nullable CharSequence text, ConstraintValidatorContext context) {
            if (text == null) {
                return true;
            }
            // A code point takes at most two chars: longer text is not scanned.
            return !text.isEmpty()
                    && text.length() <= 2L * max
                    && text.codePoints().noneMatch(c -> c == 0 || isSurrogate(c))
                    && text.codePoints().count() <= max;
        }

        /** A pair is read as one character: a surrogate that is still seen stands alone. */
        private static boolean isSurrogate(int codePoint) {
            return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        }
    }
}
