package io.tradosphere.messaging;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
