package io.tradosphere.cli.db;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;

/** Databases with the tables of some slices, as {@code ./tradosphere db migrate} creates them. */
public final class MigratedSlices {

    private MigratedSlices() {}

    /** A new database with these slices, as {@code ./tradosphere up} creates it. */
    public static TestDatabase of(Slice... slices) {
        TestDatabase database = TestStack.get().newDatabase(slices);
        for (Slice slice : slices) {
            new Schema(Checkout.find(), slice, database.as(slice, Slice.Role.OWNER)).migrate();
        }
        return database;
    }
}
