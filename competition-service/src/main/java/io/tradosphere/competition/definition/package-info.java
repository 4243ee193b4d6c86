/** Competition definitions: create, read, edit and cancel, and the JSON Schemas of their rules. */
package io.tradosphere.competition.definition;
