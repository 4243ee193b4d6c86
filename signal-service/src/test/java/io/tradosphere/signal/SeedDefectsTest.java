package io.tradosphere.signal;

import io.tradosphere.test.defect.SeedDefectsContract;

class SeedDefectsTest extends SeedDefectsContract {}
