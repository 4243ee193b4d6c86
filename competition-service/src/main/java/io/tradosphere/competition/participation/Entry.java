package io.tradosphere.competition.participation;

import java.util.UUID;

/**
 * The request to join.
 *
 * @param clanId the clan of the caller's that is competed for; in a team competition alone, and needed there
 */
record Entry(UUID clanId) {

    /** What a request without a body asks for. */
    static final Entry ALONE = new Entry(null);
}
