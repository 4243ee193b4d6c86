package io.tradosphere.profile;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
