/** Checks of the seed schema's defects, and that our schema does not have them. */
package io.tradosphere.test.defect;
