// Reading of ZIP archives: the system's libzip.
#ifndef KAREZ_ZIP_H
#define KAREZ_ZIP_H

#include <zip.h>

#endif
