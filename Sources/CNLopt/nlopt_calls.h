// NLopt's own C interface (libnlopt-dev 2.7 or newer).
#ifndef KAREZ_NLOPT_H
#define KAREZ_NLOPT_H

#include <nlopt.h>

#endif
