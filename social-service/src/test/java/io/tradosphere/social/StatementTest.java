package io.tradosphere.social;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
