package io.tradosphere.messaging;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
