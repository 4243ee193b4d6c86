package io.tradosphere.test.defect;

import java.util.List;
import java.util.Optional;

/**
 * A check of one defect of the seed's schema, run on the seed and on ours.
 *
 * @param sentence the check's name, such as {@code defect 15: a status cannot be NULL}
 * @param role the slice's role that runs it on ours, such as {@code app}
 * @param person the caller, such as {@code alice}; {@code nobody} for none
 * @param seedPerson the caller on the seed; {@code owner} for the tables' owner
 * @param ours the attempt on ours; empty when only the seed is checked
 * @param seed the attempt on the seed; empty when only ours is checked
 */
record DefectCheck(
        String sentence,
        String role,
        String person,
        String seedPerson,
        Optional<Attempt> ours,
        Optional<Attempt> seed) {

    /**
     * An attempt in one of the two schemas.
     *
     * @param given setup statements, run by a superuser
     * @param when the statements under test
     * @param outcome the expected outcome of each, up to the first refusal
     */
    record Attempt(List<String> given, List<String> when, List<String> outcome) {}
}
