package io.tradosphere.social.clan;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.util.regex.Pattern;

/**
 * The skeleton of a clan's name: names that look alike have the same one. It is the skeleton of
 * <a href="https://www.unicode.org/reports/tr39/#Confusable_Detection">UTS 39</a>, in any case and any spacing.
 */
final class NameSkeleton {

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private NameSkeleton() {}

    /** The skeleton; stable for one version of ICU, so it is a key and never shown. */
    static String of(String name) {
        String looks = CHECKER.getSkeleton(name);
        String folded = CHECKER.getSkeleton(UCharacter.foldCase(looks, true));
        return SPACES.matcher(UCharacter.foldCase(folded, true)).replaceAll(" ").strip();
    }
}
