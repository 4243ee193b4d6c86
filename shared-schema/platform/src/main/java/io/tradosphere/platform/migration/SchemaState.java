package io.tradosphere.platform.migration;

import java.util.List;

/** What a database's schema is to this version of the service. */
public sealed interface SchemaState {

    /** It has every migration of this version. It may have later ones, which only add. */
    record Usable() implements SchemaState {}

    /**
     * It lacks migrations of this version.
     *
     * @param missing their files, in order
     */
    record Older(List<String> missing) implements SchemaState {
        /** Copies the list. */
        public Older {
            missing = List.copyOf(missing);
        }
    }

    /**
     * A later migration has taken away what this version uses.
     *
     * @param contraction the file of that migration
     * @param needed the version of the migration that a service must have to do without it
     */
    record TooNew(String contraction, String needed) implements SchemaState {}
}
