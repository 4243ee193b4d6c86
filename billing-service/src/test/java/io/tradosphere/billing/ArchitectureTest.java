package io.tradosphere.billing;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
