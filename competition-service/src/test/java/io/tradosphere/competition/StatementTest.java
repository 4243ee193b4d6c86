package io.tradosphere.competition;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
