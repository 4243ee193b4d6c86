package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;

/**
 * The settings of one suite.
 *
 * @param data the data folder
 * @param port the gateway's port
 * @param replicas how many processes each service has
 * @param production whether JVMs use all compiler tiers: faster when warm, slower to start, more memory
 */
record SuiteSettings(DataFolder data, int port, int replicas, boolean production) {}
