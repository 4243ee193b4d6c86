package io.tradosphere.test.defect;

import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong with the seed's schema, tried on it and on ours.
 *
 * @param sentence what it is about, such as {@code defect 15: a status cannot be NULL}
 * @param role which of the slice's roles tries it on ours, such as {@code app}
 * @param person who tries it, such as {@code alice}; {@code nobody} for nobody
 * @param seedPerson who tries it on the seed; {@code owner} for the tables' owner
 * @param ours on ours; empty when it is of the seed alone
 * @param seed on the seed; empty when it has nothing of the kind
 */
record DefectCheck(
        String sentence,
        String role,
        String person,
        String seedPerson,
        Optional<Attempt> ours,
        Optional<Attempt> seed) {

    /**
     * What is tried in one of the two schemas.
     *
     * @param given statements that a superuser runs beforehand
     * @param when the statements that are tried
     * @param outcome what becomes of each of them, until one is refused
     */
    record Attempt(List<String> given, List<String> when, List<String> outcome) {}
}
