/** The descriptions of the services: what the rest of the suite knows about each. */
package io.tradosphere.services;
