package io.tradosphere.billing;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
