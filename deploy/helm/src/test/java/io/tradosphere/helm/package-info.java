/** Tests of the Helm chart. */
package io.tradosphere.helm;
