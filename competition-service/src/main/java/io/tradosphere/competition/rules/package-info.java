/** Competition rules and scoring metrics: their schemas, validation and storage. */
package io.tradosphere.competition.rules;
