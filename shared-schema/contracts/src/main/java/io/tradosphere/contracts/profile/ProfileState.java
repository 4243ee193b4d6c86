package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.Tier;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The whole public state of a profile: everything another service or a third party may know of a person. The only
 * place where personal data travels.
 *
 * @param profileId the person, also the `sub` of that person's tokens at the primary issuer
 * @param username unique, 3 to 30 of `[a-z0-9_]`
 * @param displayName the name to show; the username serves when there is none; null when there is none
 * @param avatarUrl picture of the person; null when there is none
 * @param bannerUrl picture across the top of the profile page; null when there is none
 * @param bio a few words about the person; null when there is none
 * @param tradingStyle how the person trades, in words of their own; null when there is none
 * @param myStory how the person came to trading; null when there is none
 * @param myWhy why the person trades; null when there is none
 * @param tier what the person may do
 * @param tierSince when the tier was reached
 * @param incarnation the incarnation of this id this is, in microseconds since 1970 of the profile's creation;
 *     grows when somebody erased comes back
 * @param createdAt when the profile was made
 * @param legendSpans the times of the last 400 days in which the person was a legend and is no more, the earliest first;
 *     null when there is none
 */
public record ProfileState(
        UUID profileId,
        String username,
        @Nullable String displayName,
        @Nullable String avatarUrl,
        @Nullable String bannerUrl,
        @Nullable String bio,
        @Nullable String tradingStyle,
        @Nullable String myStory,
        @Nullable String myWhy,
        Tier tier,
        Instant tierSince,
        long incarnation,
        Instant createdAt,
        @Nullable List<LegendSpan> legendSpans) {}
