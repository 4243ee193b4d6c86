package io.tradosphere.streaming;

import io.tradosphere.test.defect.SeedDefectsContract;

class SeedDefectsTest extends SeedDefectsContract {}
