/** What follows and blocks have in common: pairs of profiles. */
package io.tradosphere.social.pair;
