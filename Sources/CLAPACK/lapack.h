// The few LAPACK routines that Karez calls, in the calling convention of gfortran:
// every argument by address, a hidden length for each CHARACTER argument at the end.
#ifndef KAREZ_LAPACK_H
#define KAREZ_LAPACK_H

#include <stddef.h>
#include <stdint.h>

// Least squares by QR with column pivoting: min ‖A x − b‖₂.
void dgelsy_(const int32_t *m, const int32_t *n, const int32_t *nrhs, double *a,
             const int32_t *lda, double *b, const int32_t *ldb, int32_t *jpvt,
             const double *rcond, int32_t *rank, double *work, const int32_t *lwork,
             int32_t *info);

// Eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const int32_t *n, double *a,
            const int32_t *lda, double *w, double *work, const int32_t *lwork,
            int32_t *info, size_t jobz_length, size_t uplo_length);

// Eigenvalues with left and right eigenvectors of a general matrix.
void dgeev_(const char *jobvl, const char *jobvr, const int32_t *n, double *a,
            const int32_t *lda, double *wr, double *wi, double *vl, const int32_t *ldvl,
            double *vr, const int32_t *ldvr, double *work, const int32_t *lwork,
            int32_t *info, size_t jobvl_length, size_t jobvr_length);

#endif
