/** Checks that show a defect of the seed's schema, and that ours is free of it. */
package io.tradosphere.test.defect;
