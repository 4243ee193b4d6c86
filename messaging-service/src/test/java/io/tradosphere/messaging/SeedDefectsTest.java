package io.tradosphere.messaging;

import io.tradosphere.test.defect.SeedDefectsContract;

class SeedDefectsTest extends SeedDefectsContract {}
