package io.tradosphere.test.defect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Named persons and ids of the checks. */
final class Persons {

    /** Persons with a profile, and their tiers; {@code newcomer} has no profile. */
    static final Map<String, String> TIERS = new LinkedHashMap<>();

    private static final Map<String, String> IDS = new LinkedHashMap<>();

    static {
        TIERS.put("alice", "free");
        TIERS.put("bob", "grow");
        TIERS.put("carol", "elite");
        TIERS.put("dave", "gladiator");
        TIERS.put("leo", "legend");
        TIERS.put("xena", "free");
        TIERS.keySet().forEach(name -> IDS.put(name, "00000000-0000-7000-8000-00000000000" + (IDS.size() + 1)));
        IDS.put("newcomer", "00000000-0000-7000-8000-000000000009");
        IDS.put("signal", "11111111-1111-4111-8111-111111111111");
        IDS.put("list", "22222222-2222-4222-8222-222222222222");
        IDS.put("pool", "33333333-3333-4333-8333-333333333333");
        IDS.put("cup", "44444444-4444-4444-8444-444444444444");
        IDS.put("achievement", "55555555-5555-4555-8555-555555555555");
        IDS.put("clan", "66666666-6666-4666-8666-666666666666");
    }

    private Persons() {}

    /** The id of a person. */
    static UUID id(String name) {
        return UUID.fromString(IDS.get(name));
    }

    /** Replaces each {@code $name} in a statement by an id, as a literal. */
    static String naming(String sql) {
        String named = sql;
        for (Map.Entry<String, String> id : IDS.entrySet()) {
            named = named.replace("$" + id.getKey(), "'" + id.getValue() + "'");
        }
        return named;
    }
}
