/** What a competition is played by, as it is stored and as it is published. */
package io.tradosphere.competition.rules;
