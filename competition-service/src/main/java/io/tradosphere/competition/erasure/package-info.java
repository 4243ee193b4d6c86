/** How a person is erased from the slice of competitions. */
package io.tradosphere.competition.erasure;
