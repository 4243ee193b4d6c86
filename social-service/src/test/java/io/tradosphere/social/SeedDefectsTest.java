package io.tradosphere.social;

import io.tradosphere.test.defect.SeedDefectsContract;

class SeedDefectsTest extends SeedDefectsContract {}
