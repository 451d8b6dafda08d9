// libxlsxwriter, as the system has it: writes Excel workbooks (.xlsx).
#ifndef KAREZ_XLSXWRITER_H
#define KAREZ_XLSXWRITER_H

#include <xlsxwriter.h>

#endif
