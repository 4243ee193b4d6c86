package io.tradosphere.competition;

import io.tradosphere.test.defect.SeedDefectsContract;

class SeedDefectsTest extends SeedDefectsContract {}
