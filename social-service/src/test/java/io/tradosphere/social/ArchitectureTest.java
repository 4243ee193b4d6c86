package io.tradosphere.social;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
