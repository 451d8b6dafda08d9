// SQLite, as the system has it: a database in one file.
#ifndef KAREZ_SQLITE_H
#define KAREZ_SQLITE_H

#include <sqlite3.h>

#endif
