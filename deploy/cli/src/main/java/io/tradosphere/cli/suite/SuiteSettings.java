package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;

/**
 * How a suite is run.
 *
 * @param data where it keeps everything
 * @param port the gateway's port
 * @param replicas how many processes a service has
 * @param production whether JVMs compile fully: faster once warm, slower to come up and larger
 */
record SuiteSettings(DataFolder data, int port, int replicas, boolean production) {}
